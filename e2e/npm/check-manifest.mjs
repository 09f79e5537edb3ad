// Prints what is wrong with a custom elements manifest by the public schema, and nothing if nothing is.
//
//   node check-manifest.mjs custom-elements.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv";

const schema = createRequire(import.meta.url)("custom-elements-manifest/schema.json");
// The schema has words of its own kind, such as "defaultProperties", which mean nothing to a validator.
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
if (!validate(JSON.parse(readFileSync(process.argv[2], "utf8")))) {
  for (const { instancePath, message } of validate.errors) console.log(`${instancePath}: ${message}`);
}
