(() => {
// Calls the wrapped imports of the document's own engine with hostile arguments, as that engine would. What got
// through is told by its effect: wasm-bindgen keeps what an import throws in the engine, so an exception says nothing.

const outside = () => ({
  html: document.documentElement,
  head: document.head,
  body: document.body,
  meta: document.querySelector("meta[name=referrer]"),
  style: document.querySelector("style"),
  script: document.getElementById("settings"),
  "the leaflet": document.getElementById("leaflet"),
  "a link of the leaflet": document.querySelector("#leaflet a"),
  "the emergency line": document.querySelector(".emergency-line"),
  "its link": document.querySelector(".emergency-line a"),
});
// Made before the lockdown, for it would refuse them.
const foreign = {
  "of another document": document.implementation.createHTMLDocument("").body,
  "of a new document": new Document().createElementNS("http://www.w3.org/1999/xhtml", "a"),
  "of a template": (({ content }) => content.appendChild(content.ownerDocument.createElement("a")))(
    document.createElement("template"),
  ),
  "an image that nobody shows": document.createElement("img"),
  "a frame that nobody shows": document.createElement("iframe"),
  "a form that nobody shows": document.createElement("form"),
  "a script that nobody shows": document.createElement("script"),
  "a link that nobody shows": document.createElement("link"),
  "an element that somebody else made": document.createElement("div"),
  "a text that somebody else made": document.createTextNode("x"),
  "a shadow root": document.createElement("div").attachShadow({ mode: "open" }),
  "a fragment": document.createDocumentFragment(),
};
const notElements = {
  window,
  location,
  document,
  null: null,
  undefined,
  "a plain object": { localName: "div", ownerDocument: document, isConnected: false, nodeType: 1 },
  "an object that says it is a node": Object.create(HTMLDivElement.prototype, { localName: { value: "div" } }),
};
const everything = () => ({ ...outside(), ...foreign, ...notElements });

/** All that could have changed, as one text. Answers of the engine's own to a clock are not under way: calls are
 * synchronous. */
const state = () => {
  const tags = [...document.querySelectorAll("*")].map((element) => element.cloneNode().outerHTML);
  const apart = Object.values(foreign).map((node) => node.outerHTML ?? node.data ?? node.childNodes.length);
  const fields = [...document.querySelectorAll("input")].map(({ value, checked, defaultValue }) => [value, checked, defaultValue]);
  const texts = document.body.innerText + document.querySelector("style").textContent;
  const plain = Object.keys(notElements["a plain object"]);
  return JSON.stringify([tags, apart, fields, texts, plain, location.href, Object.keys(window), requested()]);
};
const requested = () => performance.getEntriesByType("resource").length;

const ours = () => document.querySelector("#app fieldset");
const input = () => document.querySelector("#app input");
const made = (tag) => engine.call("createElement", document, tag);
const { call, reference, at } = engine;
const quietly = (act) => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

/** By wrapper, what is tried: a name and a call. Where the call gives something true, it got through. */
const hostile = {};
/** By wrapper, a call that must work and gives whether it did. */
const allowed = {};
const each = (wrapper, targets, act) => {
  hostile[wrapper] ??= [];
  for (const [name, target] of Object.entries(targets)) hostile[wrapper].push([name, () => act(target)]);
};

const TAGS = ["button\0", "\u00a0a", "a\u200b", "a/", "\u0430", "input\n", " div", "\u017fcript", "\u0130mg", "x-y", "IMG", "Div", ""].concat(
  "img script iframe object embed link meta base style form video audio source track template svg frame portal".split(" "),
  "fencedframe select textarea canvas math marquee map area output slot".split(" "),
);
const NAMES = {
  src: "x", SRC: "x", srcset: "x 1x", srcdoc: "<p>", style: "color:red", STYLE: "x", onclick: "x()", onClick: "x()", onfocus: "x()",
  action: "x", formaction: "x", data: "x", ping: "x", download: "", poster: "x", background: "x", "http-equiv": "refresh",
  content: "0;url=x", "xlink:href": "x", HREF: "#x", " href": "#x", "href ": "#x", "hre\u0433": "x", "ｈref": "x", "href\0": "x",
  autofocus: "", is: "x", slot: "x", popover: "", contenteditable: "", form: "x", list: "x", "aria-": "", "data-ü": "", "data-x y": "",
  "aria-label\n": "x", constructor: "x", __proto__x: "x", integrity: "x", nonce: "x", referrerpolicy: "unsafe-url", charset: "x",
};
const VALUES = [
  ...["javascript:x()", " javascript:x()", "data:text/html,x", "blob:null/x", "https://elsewhere.invalid/", "//elsewhere.invalid",
    "/contact.html", "", " #x", "x#y", "\\\\elsewhere", "tel:112", "tel:911 ", "TEL:911", "tel:9111", "mailto:a@b", "vbscript:x", "filesystem:x"]
    .map((value) => ["href", value]),
  ...["_blank", "_self", "_parent", "leak", "_TOP", "_top "].map((value) => ["target", value]),
  ...["image", "file", "submit", "reset", "IMAGE", "Radio", "text", "hidden", "password", ""].map((value) => ["type", value]),
  ...["opener", "", "noreferrer opener", "NOREFERRER", "prefetch", "stylesheet"].map((value) => ["rel", value]),
  ...["on", "", "cc-number", "OFF"].map((value) => ["autocomplete", value]),
  ...["", "text", "none", "tel", "NUMERIC", "decimal "].map((value) => ["inputmode", value]),
  ...["spellcheck", "writingsuggestions", "contenteditable"].flatMap((name) => ["true", "", "FALSE"].map((value) => [name, value])),
];
const PROPERTIES = ["location", "src", "href", "innerHTML", "outerHTML", "onclick", "__proto__", "style", "type", "srcdoc", "textContent",
  "nodeValue", "className", "id", "name", "Checked", "value\0", "defaultValue", "formAction", "hidden"];

const changed = (act) => {
  const before = state();
  quietly(act);
  return state() !== before;
};
/** Whether an element of the quiz is another one after it. */
const touched = (element, act) => {
  const before = element.cloneNode(true);
  const [value, prototype, names] = [element.value, Object.getPrototypeOf(element), Object.keys(element).join()];
  quietly(act);
  const isSame =
    element.isEqualNode(before) && element.value === value && Object.getPrototypeOf(element) === prototype &&
    Object.keys(element).join() === names && !element.onclick;
  return !isSame;
};

const onElements = (wrapper, act) => each(wrapper, everything(), (target) => changed(() => act(target)));
const pressedHere = (target) => {
  let isHeard = false;
  quietly(() => call("addEventListener", target, "leak", () => (isHeard = true), {}));
  quietly(() => target.dispatchEvent(new Event("leak")));
  return isHeard;
};

window.prepare = (contact) => {
  each("addEventListener", { ...outside(), ...foreign, window, document }, pressedHere);
  each("cloneNode", everything(), (target) => !!quietly(() => call("cloneNode", target)));
  const paths = { window, document, html: document.documentElement, body: document.body, img: foreign["an image that nobody shows"] };
  each("composedPath", paths, (target) => call("composedPath", { composedPath: () => [target] }).length > 0);
  each("createElement", Object.fromEntries(TAGS.map((tag) => [tag, tag])), (tag) => !!quietly(() => made(tag)));
  const others = { "another document": foreign["of another document"].ownerDocument, window, null: null, "a plain object": document.body };
  each("createElement", others, (owner) => !!quietly(() => call("createElement", owner, "div")));
  each("createTextNode", others, (owner) => !!quietly(() => call("createTextNode", owner, "x")));
  each("document", { window, top, "a plain object": { document }, null: null }, (owner) => !!quietly(() => call("document", owner)));
  const elsewhere = { "another document": others["another document"], "a shadow root": foreign["a shadow root"], window };
  each("getElementById", elsewhere, (owner) => !!quietly(() => at(call("getElementById", owner, "settings"))));
  onElements("insertBefore", (target) => call("insertBefore", ours(), target, null));
  onElements("insertBefore", (target) => call("insertBefore", target, made("div"), null));
  onElements("removeAttribute", (target) => ["class", "href", "name", "id", "type"].forEach((name) => call("removeAttribute", target, name)));
  onElements("removeChild", (target) => call("removeChild", target, target.firstChild));
  onElements("set", (target) => ["checked", "value"].forEach((name) => call("set", target, reference(name), reference("leak"))));
  each("set", Object.fromEntries(PROPERTIES.map((name) => [name, name])), (name) =>
    [ours(), input(), made("a")].some((one) => touched(one, () => call("set", one, reference(name), reference("leak")))),
  );
  onElements("setAttribute", (target) => call("setAttribute", target, "class", "leak"));
  const pairs = [...Object.entries(NAMES), ...VALUES, ["href", `${contact}x`], ["href", contact.toUpperCase()], ["name", "x"]];
  each("setAttribute", Object.fromEntries(pairs.map((pair) => [pair.join("="), pair])), ([name, value]) => {
    const link = made("a");
    return touched(link, () => call("setAttribute", link, name, value));
  });
  for (const name of ["set_checked", "set_defaultValue", "set_nodeValue", "set_value"]) {
    onElements(name, (target) => call(name, target, ...(name === "set_checked" ? [1] : ["leak"])));
  }
  const code = { text: "window.leaked = true", "an object": { toString: () => "window.leaked = true" }, null: null };
  each("setInterval", code, (run) => quietly(() => call("setInterval", reference(run), 0)) !== undefined);
  const isRefused = (queue, run) => quietly(() => (queue(reference(run)), true)) !== true;
  delete code.null; // it has no property to be read
  each("queueMicrotask", code, (run) => !engine.every("queueMicrotask").some((queue) => isRefused(queue, run)));
  hostile.clearInterval = [["a timer of somebody else", () => call("clearInterval", foreignTimer)]];
  each("static_accessor", { SELF: "SELF" }, (name) => {
    const given = at(call(`static_accessor_${name}`));
    return given !== undefined && (!Object.isFrozen(given) || Reflect.ownKeys(given).join() !== "document" || Object.getPrototypeOf(given) !== null);
  });
  each("notify", { ready: "ready ", Started: "Started", "an answer": "age=35_49", nothing: "" }, (word) => changed(() => call("notify", word)));
  const colours = [["url(x)", "#112233"], ["#112233", "url(x)"], ["#112233;x", "#112233"], ["red", "red"], ["#11223", "#112233"], ["#112233\n", "#112233"]];
  each("apply_accent", Object.fromEntries(colours.map((pair) => [pair.join(), pair])), (pair) => changed(() => call("apply_accent", ...pair)));
  const ids = ["leaflet", "settings", "app", "*", "] , html", "", "#leaflet", "../app"];
  each("focus", Object.fromEntries(ids.map((id) => [id, id])), (id) => {
    const before = document.activeElement;
    quietly(() => call("focus", id));
    return document.activeElement !== before;
  });
  each("show_dialog", Object.fromEntries(ids.map((id) => [id, id])), (id) => changed(() => call("show_dialog", id, 1)));
  for (const name of ["guidance", "sources"]) {
    const wrong = ids.concat('x"], [data-guidance', "*|*");
    each(name, Object.fromEntries(wrong.map((id) => [id, id])), (id) => !!quietly(() => at(call(name, id))));
  }
  each("figure", Object.fromEntries(ids.concat('body"], [data-figure', "*").map((id) => [id, id])), (id) => !!quietly(() => at(call("figure", id, "neck"))));
  const leak = { dataset: { option: "leak" }, closest: () => leak };
  const events = { "no element": leak, "no target": undefined, "the whole page": document.documentElement, "a window": window };
  each("pressed_option", events, (target) => !!quietly(() => engine.text("pressed_option", { target })));
  prepareAllowed(contact);
};

const prepareAllowed = (contact) => {
  const div = () => made("div");
  const works = {
    addEventListener: () => pressedHere(ours()),
    cloneNode: () => call("cloneNode", ours()).localName === "fieldset",
    composedPath: () => call("composedPath", { composedPath: () => [ours(), window] }).length === 1,
    createElement: () => made("div").localName === "div",
    createTextNode: () => call("createTextNode", document, "x").data === "x",
    document: () => at(call("document", at(call("static_accessor_SELF")))) === document,
    getElementById: () => at(call("getElementById", document, "app")) === document.getElementById("app"),
    insertBefore: () => !!call("insertBefore", div(), div(), null),
    removeAttribute: () => touched(ours(), () => call("removeAttribute", ours(), "data-question")),
    removeChild: () => {
      const parent = div();
      call("removeChild", parent, call("insertBefore", parent, div(), null));
      return !parent.firstChild;
    },
    set: () => touched(input(), () => call("set", input(), reference("value"), reference("x"))),
    setAttribute: () => {
      const pairs = [["href", contact], ["href", "tel:911"], ["href", "#x"], ["target", "_top"], ["rel", "noreferrer"], ["class", "x"], ["data-x", "x"]];
      return pairs.every(([name, value]) => {
        const link = made("a");
        call("setAttribute", link, name, value);
        return link.getAttribute(name) === value;
      });
    },
    set_checked: () => (call("set_checked", input(), 1), input().checked),
    set_defaultValue: () => (call("set_defaultValue", input(), "y"), input().defaultValue === "y"),
    set_nodeValue: () => {
      const text = call("createTextNode", document, "x");
      call("set_nodeValue", text, "y");
      return text.data === "y";
    },
    set_value: () => (call("set_value", input(), "z"), input().value === "z"),
    setInterval: () => new Promise((resolve) => call("setInterval", () => resolve(true), 0)),
    queueMicrotask: () =>
      new Promise((resolve) => engine.every("queueMicrotask").forEach((queue) => queue(() => resolve(true)))),
    clearInterval: async () => {
      let isCalled = false;
      call("clearInterval", call("setInterval", () => (isCalled = true), 0));
      await new Promise((resolve) => setTimeout(resolve, 1)); // would come after it
      return !isCalled;
    },
    apply_accent: () => changed(() => call("apply_accent", "#112233", "#445566")),
    guidance: () => at(call("guidance", document.querySelector("[data-guidance]").dataset.guidance)).className === "guidance",
    figure: () => at(call("figure", "body", "neck low_back")).querySelectorAll("[data-chosen]").length === 2,
    pressed_option: () => {
      const part = at(call("figure", "body", "")).querySelector("[data-option] > *");
      return engine.text("pressed_option", { target: part }) === part.parentNode.dataset.option;
    },
    sources: () => !!at(call("sources", document.querySelector("[data-guidance][data-sources]").dataset.guidance)),
  };
  Object.assign(allowed, works);
};

let ticks = 0;
const foreignTimer = setInterval(() => (ticks += 1), 5);
window.ticks = () => ticks;

window.tryHostile = () => {
  const through = [];
  const counts = {};
  for (const [wrapper, all] of Object.entries(hostile)) {
    counts[wrapper] = all.length;
    for (const [name, act] of all) if (act()) through.push(`${wrapper}: ${name}`);
  }
  return { counts, through };
};
window.tryAllowed = async () => {
  const broken = [];
  for (const [name, act] of Object.entries(allowed)) if ((await quietly(act)) !== true) broken.push(name);
  return broken;
};
})();
