// Prints, as a JSON array, how many bytes each file named has after brotli at its best, as servers send it.
// Node holds the reference encoder; a Rust one would have to be compiled first, and is slow where that is unoptimized.
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const sizes = process.argv.slice(2).map((file) => {
  const bytes = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
});
console.log(JSON.stringify(sizes));
