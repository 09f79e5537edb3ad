// Brotli at its best, as servers send files. Node holds the reference encoder; a Rust one would have to be compiled
// first, and is slow where that is unoptimized.
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

/** What brotli makes of a file. */
export const compressed = (file) => {
  const bytes = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params });
};
