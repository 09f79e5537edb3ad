// Writes what brotli makes of each file named beside it, as FILE.br, for a server that compresses nothing itself.
import { writeFileSync } from "node:fs";
import { compressed } from "./brotli.mjs";

for (const file of process.argv.slice(2)) writeFileSync(`${file}.br`, compressed(file));
