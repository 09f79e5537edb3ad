// Prints, as JSON, for each script named what it can take hold of: the globals that it names, the properties that it
// reads, calls or sets by name, and how often it reaches for a property or a module by a name that is only known later.
import { readFileSync } from "node:fs";
import { parse } from "acorn";
import { full } from "acorn-walk";
import { analyze } from "eslint-scope";

const sorted = (names) => [...new Set(names)].sort();

const namesOf = (file) => {
  const sourceType = file.endsWith(".mjs") ? "module" : "script";
  const options = { ecmaVersion: 2022, sourceType };
  const tree = parse(readFileSync(file, "utf8"), { ...options, ranges: true });
  const globals = analyze(tree, options).globalScope.through.map((reference) => reference.identifier.name);
  const members = [];
  let computed = 0;
  let imported = 0;
  const named = (key, isComputed) => {
    if (!isComputed) members.push(key.name ?? String(key.value));
    else if (key.type === "Literal") members.push(String(key.value));
    else computed += 1;
  };
  full(tree, (node) => {
    if (node.type === "MemberExpression") named(node.property, node.computed);
    if (node.type === "ObjectPattern") for (const each of node.properties) if (each.key) named(each.key, each.computed);
    if (node.type === "ImportExpression" || node.type === "ImportDeclaration" || node.type === "MetaProperty") imported += 1;
  });
  // Names of private members say nothing of the browser, and numbers are places in a list.
  const isName = (name) => !/^\d+$/.test(name);
  return { globals: sorted(globals), members: sorted(members.filter(isName)), computed, imported };
};

console.log(JSON.stringify(process.argv.slice(2).map(namesOf)));
