// What one engine can reach of the browser. The generated glue gets its globals from here, and each of its functions
// that could do anything is wrapped: elements of the quiz and listed names only. `cargo xtask audit` compares both
// with audit/imports.toml and audit/scripts.toml.
import { ID_ATTRIBUTES, ownIds } from "./first-screen.js";
import { editing_mode } from "./host.js";
import { mayLead, refuse, TAGS } from "./refusal.js";

const anything = () => true;

/** Attributes that an engine may set besides `aria-…` and `data-…`, and with which values. */
const ATTRIBUTES = {
  __proto__: null,
  autocomplete: (value) => value === "off",
  checked: anything,
  class: anything,
  contenteditable: (value) => value === editing_mode(),
  for: anything,
  href: mayLead,
  id: anything,
  inputmode: (value) => ["numeric", "decimal"].includes(value),
  lang: anything, // in which voice a part is read out
  max: anything,
  name: (_, { localName }) => localName === "input", // on a link it would be a place that a fragment can name
  open: anything,
  rel: (value) => value === "noreferrer",
  role: anything,
  spellcheck: (value) => value === "false", // a browser's spelling help may send what is written to its maker
  tabindex: anything,
  target: (value) => value === "_top",
  type: (value) => ["radio", "checkbox", "button"].includes(value),
  value: anything,
  writingsuggestions: (value) => value === "false", // likewise
};

const PROPERTIES = ["checked", "value"];

const setAttribute = (element, name, value) => {
  const check = /^(aria|data)-[a-z-]+$/.test(name) ? anything : ATTRIBUTES[name];
  if (!check?.(value, element)) refuse(`the attribute ${name}="${value}"`);
  element.setAttribute(name, ID_ATTRIBUTES.includes(name) ? ownIds(value) : value);
};

/** The wrappers for an engine that lives in `app`, by the name of what they wrap. Each takes the generated function,
 * which does the plumbing, and hands it what it may act on, or a stand-in with the one method that it calls. */
const wrappersIn = (app, standIn) => {
  // A node of this document that is in the quiz, or is not in the page yet and of a kind that the quiz is made of.
  const isOurs = (node) =>
    node instanceof Node &&
    node.ownerDocument === document &&
    (node.isConnected ? app.contains(node) : node.nodeType === Node.TEXT_NODE || TAGS.has(node.localName));
  const ours = (node) => (isOurs(node) ? node : refuse("to touch what is not of the quiz"));
  const thisDocument = (node) => (node === document ? node : refuse("another document"));
  const onlyOurs = (real) => (node, ...more) => real(ours(node), ...more);
  const onlyDocument = (real) => (node, ...more) => real(thisDocument(node), ...more);
  return {
    __proto__: null,
    addEventListener: onlyOurs,
    cloneNode: onlyOurs,
    composedPath: (real) => (event) => real({ composedPath: () => event.composedPath().filter(isOurs) }),
    createElement: (real) => (node, ...more) => {
      const makes = thisDocument(node);
      const createElement = (tag) => (TAGS.has(tag) ? makes.createElement(tag) : refuse(`the element ${tag}`));
      return real({ createElement }, ...more);
    },
    createElementNS: () => () => refuse("elements of another namespace"),
    createTextNode: onlyDocument,
    document: (real) => (owner) => real(owner === standIn ? owner : refuse("another window")),
    getElementById: onlyDocument,
    insertBefore: (real) => (parent, child, ...more) => real(ours(parent), ours(child), ...more),
    removeAttribute: onlyOurs,
    removeChild: onlyOurs,
    set: (real) => (node, name, value) =>
      PROPERTIES.includes(name) ? real(ours(node), name, value) : refuse("to set that property"),
    setAttribute: (real) => (node, ...more) => {
      const element = ours(node);
      return real({ setAttribute: (name, value) => setAttribute(element, name, value) }, ...more);
    },
    set_checked: onlyOurs,
    set_defaultValue: onlyOurs,
    set_nodeValue: onlyOurs,
    set_value: onlyOurs,
  };
};

/** Timers of one engine, which all stop with it. */
const timersOf = () => {
  const running = new Set();
  const code = (run) => (typeof run === "function" ? run : refuse("code as text"));
  return {
    setTimeout: (run, after) => {
      code(run);
      const timer = setTimeout(() => (running.delete(timer), run()), after);
      running.add(timer);
      return timer;
    },
    setInterval: (run, after) => {
      const timer = setInterval(code(run), after);
      running.add(timer);
      return timer;
    },
    clearInterval: (timer) => running.delete(timer) && clearInterval(timer),
    queueMicrotask: (run) => queueMicrotask(code(run)),
    stop: () => running.forEach((timer) => clearTimeout(timer)), // clears intervals too, by the HTML standard
  };
};

/** Opens the scope of an engine that lives in `app`: the globals of its glue, its imports, and their end. */
export const openScope = (app) => {
  const standIn = Object.freeze({ __proto__: null, document });
  const { stop, ...timers } = timersOf();
  const wrappers = wrappersIn(app, standIn);
  const wrap = ([name, real]) => [name, wrappers[/^__wbg_(.+)_[0-9a-f]{4}$/.exec(name)?.[1]]?.(real) ?? real];
  return {
    globals: {
      ...timers,
      globalThis: standIn,
      self: standIn,
      window: standIn,
      Window: { [Symbol.hasInstance]: (value) => value === standIn },
    },
    wrapAll: (imports) =>
      Object.fromEntries(
        Object.entries(imports).map(([from, all]) => [from, Object.fromEntries(Object.entries(all).map(wrap))]),
      ),
    close: stop,
  };
};
