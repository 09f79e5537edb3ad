// What one engine can reach of the browser. The generated glue gets its globals from here, and each of its functions
// that could do anything is wrapped: elements of the quiz and listed names only. `cargo xtask audit` compares both
// with audit/imports.toml and audit/scripts.toml.
//
// A screen is some hundreds of these calls, in a script that the browser has not made fast yet: the wrappers that are
// called often make no function and no list of their own.
import { ID_ATTRIBUTES, ownIds } from "./first-screen.js";
import * as host from "./host.js";
import { mayLead, refuse, TAGS } from "./refusal.js";

const anything = () => true;

/** Attributes that an engine may set besides `aria-…` and `data-…`, and with which values. */
const ATTRIBUTES = {
  __proto__: null,
  autocomplete: (value) => value === "off",
  checked: anything,
  class: anything,
  contenteditable: (value) => value === host.editing_mode(),
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

// As they are before the lockdown puts its guards before them, which ask for less than is asked for here.
const unguarded = (method) => Function.prototype.call.bind(method);
const insertBefore = unguarded(Node.prototype.insertBefore);
const setAttribute = unguarded(Element.prototype.setAttribute);

const setListed = (element, name, value) => {
  const check = ATTRIBUTES[name] ?? (/^(aria|data)-[a-z-]+$/.test(name) && anything);
  if (!check || !check(value, element)) refuse(`the attribute ${name}="${value}"`);
  setAttribute(element, name, ID_ATTRIBUTES.includes(name) ? ownIds(value) : value);
};

/** The nodes that an engine may act on: `app`, what it had made and what it was given a copy of. */
const nodesOf = (app) => {
  const all = new WeakSet([app]);
  return {
    ours: (node) => (all.has(node) ? node : refuse("to touch what is not of the quiz")),
    owned: (node) => node && (all.add(node), node),
  };
};

/** The wrappers for an engine that lives in `app`, by the name of what they wrap. Each takes the generated function,
 * which does the plumbing, and hands it what it may act on, or a stand-in with the one method that it calls. */
const wrappersIn = (app, standIn, { ours, owned }) => {
  const thisDocument = (node) => (node === document ? node : refuse("another document"));
  const isInQuiz = (node) => node instanceof Node && app.contains(node);
  const onlyOurs = (real) => (node, a, b, c, d) => real(ours(node), a, b, c, d);
  return {
    __proto__: null,
    addEventListener: onlyOurs,
    cloneNode: (real) => (node) => owned(real(ours(node))),
    composedPath: (real) => (event) => real({ composedPath: () => event.composedPath().filter(isInQuiz) }),
    createElement: (real) => (node, ...more) => {
      const makes = thisDocument(node);
      const createElement = (tag) => (TAGS.has(tag) ? makes.createElement(tag) : refuse(`the element ${tag}`));
      return owned(real({ createElement }, ...more));
    },
    createTextNode: (real) => (node, at, length) => owned(real(thisDocument(node), at, length)),
    document: (real) => (owner) => real(owner === standIn ? owner : refuse("another window")),
    getElementById: (real) => (node, ...more) => real(thisDocument(node), ...more),
    insertBefore: (real) => {
      let parent;
      const into = { insertBefore: (child, before) => insertBefore(parent, child, before) };
      return (node, child, before) => ((parent = ours(node)), real(into, ours(child), before));
    },
    removeAttribute: onlyOurs,
    removeChild: onlyOurs,
    set: (real) => (node, name, value) =>
      PROPERTIES.includes(name) ? real(ours(node), name, value) : refuse("to set that property"),
    setAttribute: (real) => {
      let element;
      const on = { setAttribute: (name, value) => setListed(element, name, value) };
      return (node, a, b, c, d) => ((element = ours(node)), real(on, a, b, c, d));
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
    setInterval: (run, after) => {
      const timer = setInterval(code(run), after);
      running.add(timer);
      return timer;
    },
    clearInterval: (timer) => running.delete(timer) && clearInterval(timer),
    queueMicrotask: (run) => queueMicrotask(code(run)),
    stop: () => running.forEach((timer) => clearInterval(timer)),
  };
};

/** Opens the scope of an engine that lives in `app`: the host and the globals of its glue, its imports, and their end. */
export const openScope = (app) => {
  const standIn = Object.freeze({ __proto__: null, document });
  const { stop, ...timers } = timersOf();
  const nodes = nodesOf(app);
  const copying = (copy) => (...all) => nodes.owned(copy(...all));
  const wrappers = wrappersIn(app, standIn, nodes);
  const wrap = ([name, real]) => [name, wrappers[/^__wbg_(.+)_[0-9a-f]{4}$/.exec(name)?.[1]]?.(real) ?? real];
  return {
    host: {
      ...host,
      figure: copying(host.figure),
      guidance: copying(host.guidance),
      sources: copying(host.sources),
    },
    globals: {
      ...timers,
      self: standIn,
    },
    wrapAll: (imports) =>
      Object.fromEntries(
        Object.entries(imports).map(([from, all]) => [from, Object.fromEntries(Object.entries(all).map(wrap))]),
      ),
    close: stop,
  };
};
