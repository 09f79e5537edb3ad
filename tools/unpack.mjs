// Has the script that the visitor's browser runs put the engine together: node unpack.mjs SCRIPT PIECES OUT.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [script, file, out] = process.argv.slice(2);
const source = readFileSync(script, "utf8");
const { unpacker } = await import(
  `data:text/javascript,${encodeURIComponent(source)}#${pathToFileURL(script).pathname}`
);
const pieces = JSON.parse(readFileSync(file, "utf8"));
const around = pieces.pop();
const { add, end } = unpacker();
pieces.forEach(add);
writeFileSync(out, end(around));
