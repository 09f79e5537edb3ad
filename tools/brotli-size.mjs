// Prints, as a JSON array, how many bytes each file named has after brotli at its best, as servers send it.
import { compressed } from "./brotli.mjs";

console.log(JSON.stringify(process.argv.slice(2).map((file) => compressed(file).length)));
