// Prints, as JSON, each feature of the platform that the shipped files use, with the first version of each browser that
// has it, by the data of MDN (@mdn/browser-compat-data): {key, where, first: {browser: version or null}}.
//
//   node features.mjs DIST
//
// A member of something that is only known at run time (`event.target`) is looked up by its name: of the interfaces
// that have one of that name, the one that the most browsers knew first is taken. What is reached by the name of its
// interface (`Object.hasOwn`), syntax, styles, markup and policy are exact.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as css from "css-tree";
import * as html from "parse5";

const require = createRequire(import.meta.url);
const tools = createRequire(new URL("../../tools/package.json", import.meta.url));
const data = require("@mdn/browser-compat-data");
const { parse } = tools("acorn");
const { full } = tools("acorn-walk");
const { analyze } = tools("eslint-scope");

const BROWSERS = ["chrome", "chrome_android", "firefox", "firefox_android", "safari", "safari_ios"];

const at = (key) => key.split("/").reduce((place, name) => (place && Object.hasOwn(place, name) ? place[name] : undefined), data);

/** The first version with the whole of it, under this very name and without a setting; null where there is none. */
const firstIn = (support, prefix) => {
  const all = [support ?? []].flat();
  const whole = all.filter(
    (each) => each.version_added && !each.version_removed && !each.flags && !each.partial_implementation && !each.alternative_name && each.prefix === prefix,
  );
  const versions = whole.map(({ version_added: added }) => (added === "preview" ? Infinity : parseFloat(`${added}`.replace("≤", ""))));
  const first = Math.min(...versions);
  return Number.isFinite(first) ? first : null;
};

const supportOf = (compat, prefix) => Object.fromEntries(BROWSERS.map((name) => [name, firstIn(compat.support[name], prefix)]));

const found = new Map();
const unknown = new Set();

const use = (key, where, prefix) => {
  const compat = at(key)?.__compat;
  if (!compat) return false;
  const name = prefix ? `${key} (${prefix})` : key;
  if (!found.has(name)) found.set(name, { key: name, where: new Set(), first: supportOf(compat, prefix) });
  found.get(name).where.add(where);
  return true;
};

/** The first of some keys that the data knows. */
const useFirst = (keys, where) => keys.some((key) => use(key, where)) || (unknown.add(`${where}: ${keys[0]}`), false);

// --- Scripts

const JS = "javascript/";
const SYNTAX = {
  ArrowFunctionExpression: "functions/arrow_functions",
  AwaitExpression: "operators/await",
  ChainExpression: "operators/optional_chaining",
  ClassDeclaration: "classes",
  ClassExpression: "classes",
  ForOfStatement: "statements/for_of",
  PropertyDefinition: "classes/public_class_fields",
  SpreadElement: "operators/spread",
  StaticBlock: "classes/static/initialization_blocks",
  TemplateLiteral: "grammar/template_literals",
  ArrayPattern: "operators/destructuring",
  ObjectPattern: "operators/destructuring",
  AssignmentPattern: "functions/default_parameters",
  RestElement: "functions/rest_parameters",
};
const OPERATORS = {
  "??": "nullish_coalescing", "??=": "nullish_coalescing_assignment", "||=": "logical_or_assignment", "&&=": "logical_and_assignment",
  "**": "exponentiation",
};

/** Every place in the data that has a member of that name. */
const members = new Map();
const index = (root, key) => {
  for (const [owner, place] of Object.entries(root)) {
    if (owner === "__compat") continue;
    for (const member of Object.keys(place)) {
      if (member === "__compat" || !place[member].__compat) continue;
      const name = member.replace(/_(static|event)$/, "");
      members.set(`${member.endsWith("_event") ? "on" : ""}${name}`, [...(members.get(`${member.endsWith("_event") ? "on" : ""}${name}`) ?? []), `${key}/${owner}/${member}`]);
    }
  }
};
index(data.api, "api");
index(data.javascript.builtins, "javascript/builtins");
index(data.webassembly.api, "webassembly/api");

/** Of several, the one that browsers have had the longest. */
const oldest = (keys) => {
  const age = (key) => Math.max(...Object.values(supportOf(at(key).__compat)).map((version) => version ?? Infinity));
  return [...keys].sort((one, other) => age(one) - age(other))[0];
};

const useMember = (name, where) => {
  const keys = members.get(name);
  if (keys) use(oldest(keys), where);
};

const script = (text, where, sourceType) => {
  // Nothing newer than ES2022 is understood here, patterns included.
  const options = { ecmaVersion: 2022, sourceType };
  const tree = parse(text, { ...options, ranges: true });
  const isGlobal = new Set();
  for (const { identifier } of analyze(tree, options).globalScope.through) {
    isGlobal.add(identifier);
    const { name } = identifier;
    useFirst([`javascript/builtins/${name}`, `javascript/builtins/Object/${name}`, `api/${name}`, `webassembly/api/${name}`, ...(name === "WebAssembly" ? ["webassembly/api"] : []), `api/Window/${name}`, `api/EventTarget/${name}`], where);
  }
  full(tree, (node) => {
    if (SYNTAX[node.type]) useFirst([JS + SYNTAX[node.type]], where);
    if (node.key?.type === "PrivateIdentifier") {
      useFirst([`${JS}classes/private_class_${node.type === "MethodDefinition" ? "methods" : "fields"}`], where);
    }
    if (OPERATORS[node.operator]) useFirst([`${JS}operators/${OPERATORS[node.operator]}`], where);
    if (node.type === "CatchClause" && !node.param) useFirst([`${JS}statements/try_catch/optional_catch_binding`], where);
    if (node.async) useFirst([`${JS}statements/async_function`], where);
    if (node.type === "MetaProperty") useFirst([`${JS}operators/import_meta`], where);
    if (node.regex) {
      if (/\\p\{/.test(node.regex.pattern)) useFirst([`${JS}regular_expressions/unicode_character_class_escape`], where);
      if (/\(\?<[=!]/.test(node.regex.pattern)) useFirst([`${JS}regular_expressions/lookbehind_assertion`], where);
    }
    if (node.type === "MemberExpression" && !node.computed && node.property.type === "Identifier") {
      const owner = isGlobal.has(node.object) ? node.object.name : undefined;
      const name = node.property.name;
      const exact = owner ? [`javascript/builtins/${owner}/${name}`, `api/${owner}/${name}_static`, `webassembly/api/${name}_static`, `api/${owner}/${name}`] : [];
      if (!exact.some((key) => use(key, where))) useMember(name, where);
    }
    if (node.type === "ObjectPattern") for (const { key, computed } of node.properties) if (key && !computed) useMember(key.name, where);
    if (node.type === "CallExpression") {
      const [first] = node.arguments;
      const called = node.callee.property?.name ?? node.callee.name;
      if (called === "addEventListener" && first?.type === "Literal") useMember(`on${first.value}`, where);
      if (called === "setAttribute" && first?.type === "Literal") {
        useFirst([`html/elements/iframe/${first.value}`, `html/global_attributes/${first.value}`, `html/elements/a/${first.value}`], where);
      }
    }
  });
};

// --- Styles

const style = (text, where) => {
  const tree = css.parse(text, { onParseError: (error) => { throw error; } });
  css.walk(tree, function (node) {
    if (node.type === "Atrule") {
      useFirst([`css/at-rules/${node.name}`], where);
    } else if (node.type === "Feature") {
      useFirst([`css/at-rules/media/${node.name.replace(/^(min|max)-/, "")}`], where);
    } else if (node.type === "PseudoClassSelector" || node.type === "PseudoElementSelector") {
      useFirst([`css/selectors/${node.name}`], where);
    } else if (node.type === "NestingSelector") {
      useFirst(["css/selectors/nesting"], where);
    } else if (node.type === "AttributeSelector" && node.flags) {
      useFirst(["css/selectors/attribute/case_insensitive_modifier"], where);
    } else if (node.type === "Declaration") {
      declaration(node, where, this.atrule?.name);
    }
  });
};

const declaration = ({ property, value }, where, atrule) => {
  if (property.startsWith("--")) return values("", value, where);
  const [, prefix, name] = /^(-\w+-)?(.*)$/.exec(property);
  if (atrule === "page" && ["size", "margin"].includes(name)) return useFirst([`css/at-rules/page/${name}`, `css/properties/${name}`], where);
  if (![[property], [name, prefix]].some(([each, before]) => use(`css/properties/${each}`, where, before))) unknown.add(`${where}: ${property}`);
  values(name, value, where);
};

const UNITS = { svh: "small", svw: "small", lvh: "large", dvh: "dynamic", dvw: "dynamic" };

const values = (property, value, where) => {
  css.walk(value, (node) => {
    if (node.type === "Identifier") use(`css/properties/${property}/${node.name}`, where);
    if (node.type === "Function" && !use(`css/properties/${property}/${node.name}`, where)) {
      useFirst([`css/types/${node.name}`, `css/types/color/${node.name}`, `css/properties/custom-property/${node.name}`, `css/types/gradient/${node.name}`, `css/types/transform-function/${node.name}`, `css/types/image/${node.name}`, `css/types/basic-shape/${node.name}`], where);
    }
    if (node.type === "Dimension") {
      if (UNITS[node.unit]) useFirst([`css/types/length/viewport_percentage_units_${UNITS[node.unit]}`], where);
      else use(`css/types/length/${node.unit}`, where);
    }
  });
};

// --- Markup and policy

const policy = (content, where) => {
  const header = "http/headers/Content-Security-Policy";
  for (const directive of content.split(";").map((each) => each.trim().split(/\s+/))) {
    const [name, ...sources] = directive;
    useFirst([`${header}/${name}`], where);
    for (const source of sources) if (/^'[a-z-]+'$/.test(source)) use(`${header}/script-src/${source.slice(1, -1)}`, where);
  }
};

const attribute = (element, name, value, where, svg) => {
  if (/^(data-|aria-)/.test(name) || ["role", "xmlns", "class", "id", "xml:lang"].includes(name)) return;
  const base = svg ? `svg/elements/${element}` : `html/elements/${element}`;
  const general = svg ? "svg/global_attributes" : "html/global_attributes";
  const known = [`${base}/${name}`, `${general}/${name}`].find((key) => use(key, where));
  if (element === "input" && name === "type") useFirst([`${base}/type_${value}`], where);
  else if (known) use(`${known}/${value}`, where) || use(`${known}/${name}_${value}`, where);
  else if (!svg) unknown.add(`${where}: ${name} of ${element}`);
};

const markup = (text, where) => {
  const scripts = [];
  const styles = [];
  const visit = (node) => {
    const svg = node.namespaceURI === "http://www.w3.org/2000/svg";
    if (node.tagName) {
      useFirst([`${svg ? "svg" : "html"}/elements/${node.tagName}`, `html/elements/${node.tagName}`], where);
      const given = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
      for (const [name, value] of Object.entries(given)) attribute(node.tagName, name, value, where, svg);
      if (given["http-equiv"]?.toLowerCase() === "content-security-policy") policy(given.content, where);
      const inner = node.childNodes.map((child) => child.value ?? "").join("");
      if (node.tagName === "script" && !given.src && (!given.type || given.type === "module")) scripts.push([inner, given.type ?? "script"]);
      if (node.tagName === "style") styles.push(inner);
    }
    for (const child of [...(node.childNodes ?? []), ...(node.content?.childNodes ?? [])]) visit(child);
  };
  visit(html.parse(text));
  scripts.forEach(([each, type]) => script(each, where, type));
  styles.forEach((each) => style(each, where));
};

/** What the engine may make: it is in no markup. */
const made = (where) => {
  const source = (name) => readFileSync(new URL(`../../src/host/${name}`, import.meta.url), "utf8");
  const tags = /TAGS = new Set\(\s*([^;]*?)\.split/s.exec(source("refusal.js"))[1].match(/[a-z][a-z0-9]*/g);
  for (const tag of tags) useFirst([`html/elements/${tag}`], where);
  const [, list] = /const ATTRIBUTES = \{([\s\S]*?)\n\};/.exec(source("imports.js"));
  const names = [...list.matchAll(/^ {2}([a-z]+):/gm)].map(([, name]) => name);
  for (const name of names) {
    const places = ["global_attributes", ...tags.map((tag) => `elements/${tag}`)].map((place) => `html/${place}/${name}`);
    if (!["role"].includes(name)) useFirst(places.filter((key) => at(key)), where);
  }
  use("html/global_attributes/contenteditable/plaintext-only", where);
};

const [dist] = process.argv.slice(2);
const read = (name) => readFileSync(`${dist}/${name}`, "utf8");
for (const language of ["en", "es"]) markup(read(`pars-check.${language}.html`), "document");
made("document");
script(read("pars-check.js"), "loader", "module");
markup(read("builder.html"), "builder");
script(read("builder.js"), "builder", "module");
style(read("builder.css"), "builder");
for (const [, sheet] of read("pars-check.js").matchAll(/replaceSync\("([^"]*)"/g)) style(sheet, "loader");
for (const [, inline] of read("pars-check.js").matchAll(/["'`](display:block;width[^"'`]*)/g)) use("css/types/length/viewport_percentage_units_small", "loader");

const features = [...found.values()].map(({ key, where, first }) => ({ key: key.replaceAll("/", "."), where: [...where].sort(), first }));
features.sort((one, other) => (one.key < other.key ? -1 : 1));
console.log(JSON.stringify({ version: data.__meta.version, features, unknown: [...unknown].sort() }));
