// Has the script that the visitor's browser runs put the engine together: node unpack.mjs SCRIPT TEXT OUT.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [script, text, out] = process.argv.slice(2);
const source = readFileSync(script, "utf8");
const { unpack } = await import(`data:text/javascript,${encodeURIComponent(source)}#${pathToFileURL(script).pathname}`);
writeFileSync(out, unpack(readFileSync(text, "utf8")));
