// Takes from this document's realm what could carry an answer out of it, and guards what remains, before the engine
// starts. It is a second wall behind the policy and the sandbox, and works where they do not; docs/privacy.md says
// which wall holds what, and what none of them does.
import { mayLead, refuse, TAGS } from "./refusal.js";

// Interfaces and functions of the window that load, send, open, store, listen, speak or make a realm of their own.
const GLOBALS = new RegExp(
  "^(fetch.*|XMLHttpRequest.*|WebSocket.*|WebTransport.*|EventSource|.*Worker.*|.*Worklet.*|(webkit|moz)?RTC.*|" +
    "Broadcast.*|open|opener|parent|frameElement|name|navigation|alert|confirm|prompt|show.*|documentPicture.*|" +
    "indexedDB|(webkit)?caches|CacheStorage|(local|session|shared)Storage|cookieStore|" +
    "Image|Audio.*|.*AudioContext|Option|FontFace|DOMParser|XSLTProcessor|customElements|CustomElementRegistry|CSSStyleSheet|" +
    "(webkit)?Speech.*|speech.*|Notification|Push.*|Payment.*|Presentation.*|.*Detector|Translator|Summarizer|LanguageModel|" +
    "Rewriter|Writer|Proofreader|queryLocalFonts|fence|chrome|webkit|Identity.*|.*Credential|KeyframeEffect|crashReport|requestResize|" +
    "(webkitR|r)equestFileSystem|webkitResolve.*|ReportingObserver|MessageChannel)$",
);

/** What stays of `navigator`: what a browser is, nothing that it does. */
const NAVIGATOR = /^(constructor|userAgent(Data)?|languages?|platform|vendor|app[A-Z]\w+|product(Sub)?|maxTouchPoints|webdriver|onLine)$/;

/** Members of prototypes that go. Of what GLOBALS names, a document can hold three kinds, which lead back to how they
 * are made. */
const MEMBERS = {
  Attr: "value",
  CSSGroupingRule: "insertRule",
  CSSKeyframesRule: "appendRule",
  CSSRule: "cssText",
  CSSStyleRule: "styleMap insertRule",
  CSSStyleSheet: "constructor insertRule addRule replace replaceSync",
  CustomElementRegistry: "constructor define",
  Document:
    "open write writeln execCommand cookie domain designMode createAttribute createAttributeNS implementation adoptedStyleSheets " +
    "requestStorageAccess requestStorageAccessFor browsingTopics hasUnpartitionedCookieAccess fonts",
  Element:
    "animate insertAdjacentHTML setHTML setHTMLUnsafe attachShadow setAttributeNode " +
    "setAttributeNodeNS setAttributeNS attributeStyleMap requestFullscreen webkitRequestFullscreen",
  History: "pushState replaceState go back forward",
  HTMLElement: "attributeStyleMap",
  HTMLFormElement: "submit requestSubmit",
  KeyframeEffect: "constructor setKeyframes",
  NamedNodeMap: "setNamedItem setNamedItemNS removeNamedItem removeNamedItemNS",
  Range: "createContextualFragment insertNode surroundContents",
  ShadowRoot: "setHTML setHTMLUnsafe innerHTML",
  SVGAnimatedString: "baseVal",
  SVGElement: "attributeStyleMap",
};

/** Properties of elements that load or lead somewhere, and the parts of a link's address. */
const LEADING =
  "src srcset srcdoc action formAction data ping download poster background attributionSrc httpEquiv content codeBase cite lowsrc longDesc " +
  "host hostname port protocol pathname search hash username password";

const ATTRIBUTES = /^(on.*|src|srcset|srcdoc|style|action|formaction|data|ping|download|poster|background|attributionsrc|http-equiv|content)$/;

/** What could change the text or the kind of a style sheet or a script: refused there, and only there. */
const CHANGING = {
  CharacterData: "data appendData insertData replaceData before after replaceWith",
  Element: "append prepend replaceChildren moveBefore insertAdjacentText removeAttribute removeAttributeNS removeAttributeNode",
  HTMLElement: "innerText",
  HTMLScriptElement: "text textContent type",
  Node: "appendChild insertBefore replaceChild nodeValue textContent",
};

/** What the guards themselves rely on: nobody may put something else in its place. */
const RELIED_ON = [
  [self, "Proxy"],
  [Function.prototype, "apply bind call"],
  [RegExp.prototype, "exec test"],
  [Set.prototype, "has"],
  [String.prototype, "startsWith endsWith toLowerCase"],
];

const take = (object, name) => {
  if (!object || !(name in object)) return;
  try {
    delete object[name]; // first, for defining looks at what is there, and the browser would make it only then
    Object.defineProperty(object, name, { value: undefined, writable: false, configurable: false });
  } catch {
    // `location`, `top` and a few more can't be forged: the table in docs/privacy.md names them.
  }
};

/** Puts a guard before a method. */
const guardMethod = (prototype, name, guard) => {
  const real = Object.getOwnPropertyDescriptor(prototype, name)?.value;
  if (!real) return;
  const value = function (...all) {
    return real.apply(this, guard.apply(this, all));
  };
  // Somebody may put another in its place, and has no way to the real one then either.
  Object.defineProperty(prototype, name, { value });
};

/** Puts a guard before a property's setter. */
const guardSetter = (prototype, name, set) => {
  const property = Object.getOwnPropertyDescriptor(prototype, name);
  if (property?.set) Object.defineProperty(prototype, name, { ...property, set, configurable: false });
};

const getterOf = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;

/** What interfaces of elements and of rules are called: to ask for all others, too, has the browser make each of them,
 * which took a quarter of the start. */
const GUARDED = /Element$|^CSS/;

/** Prototypes of the interfaces that are, or come from, this one. */
const prototypesOf = (base) =>
  new Set(
    Object.getOwnPropertyNames(self)
      .filter((name) => GUARDED.test(name))
      .map((name) => Object.getOwnPropertyDescriptor(self, name).value?.prototype)
      .filter((prototype) => prototype === base || prototype instanceof base.constructor),
  );

// No `String` and no destructuring in what follows: script in this realm could have replaced what they call.
const checkAttribute = (name, value) => {
  const plain = `${name}`.toLowerCase();
  const text = `${value}`;
  const leads = plain === "href" || plain.endsWith(":href");
  if (ATTRIBUTES.test(plain) || (leads && !mayLead(text))) refuse(`the attribute ${plain}`);
  return [plain, text];
};

/** Style sheets, scripts and attributes stay as they are. */
const guardFixed = () => {
  const nodeName = getterOf(Node.prototype, "nodeName");
  const nodeType = getterOf(Node.prototype, "nodeType");
  const parentNode = getterOf(Node.prototype, "parentNode");
  const isFixed = (node) => node && (nodeType.call(node) === 2 || /^(style|script)$/i.test(nodeName.call(node)));
  const keep = (node) => {
    if (isFixed(node) || isFixed(parentNode.call(node))) refuse("to change a style sheet, a script or an attribute");
  };
  const guardMember = (prototype, name) => {
    const { set } = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
    guardSetter(prototype, name, function (value) {
      keep(this);
      set.call(this, value);
    });
    guardMethod(prototype, name, function (...all) {
      keep(this);
      return all;
    });
  };
  for (const [name, members] of Object.entries(CHANGING)) {
    for (const member of members.split(" ")) guardMember(self[name].prototype, member);
  }
  return keep;
};

const guardElements = () => {
  const keep = guardFixed();
  // Image and HTMLImageElement, for one, have one between them.
  for (const prototype of prototypesOf(Element.prototype)) {
    for (const name of LEADING.split(" ")) guardSetter(prototype, name, () => refuse(`the property ${name}`));
    const setHref = Object.getOwnPropertyDescriptor(prototype, "href")?.set;
    guardSetter(prototype, "href", function (address) {
      setHref.call(this, checkAttribute("href", address)[1]);
    });
    if (Object.hasOwn(prototype, "style")) guardStyle(prototype);
  }
  guardMethod(Element.prototype, "setAttribute", function (name, value) {
    keep(this);
    return checkAttribute(name, value);
  });
  guardMethod(Element.prototype, "toggleAttribute", function (name, ...more) {
    keep(this);
    const plain = checkAttribute(name, "")[0];
    return more.length ? [plain, more[0]] : [plain];
  });
  const onlyEmpty = function (markup) {
    if (`${markup}` !== "") refuse("markup");
    this.replaceChildren();
  };
  guardSetter(Element.prototype, "innerHTML", onlyEmpty);
  guardSetter(Element.prototype, "outerHTML", () => refuse("markup"));
};

/** Styles that load nothing: no address in them, not even a disguised one. */
const checkStyle = (value) => {
  const text = `${value}`;
  if (/url|image|src|element|@|\\/i.test(text)) refuse("that style");
  return text;
};

const guardStyle = (prototype) => {
  const { get } = Object.getOwnPropertyDescriptor(prototype, "style");
  const handler = {
    __proto__: null,
    get: (real, name) => {
      if (name === "setProperty") return (property, value, ...more) => real.setProperty(property, checkStyle(value), ...more);
      const value = real[name];
      return typeof value === "function" ? value.bind(real) : value;
    },
    set: (real, name, value) => ((real[name] = checkStyle(value)), true),
    defineProperty: () => false,
  };
  const guarded = function () {
    return new Proxy(get.call(this), handler);
  };
  Object.defineProperty(prototype, "style", { get: guarded, set: undefined, configurable: false });
};

const guardDocuments = () => {
  guardMethod(Document.prototype, "createElement", (name) => {
    const tag = `${name}`;
    return [TAGS.has(tag.toLowerCase()) ? tag : refuse(`the element ${tag}`)];
  });
  guardMethod(Document.prototype, "createElementNS", (_, name) => refuse(`the element ${name}`));
};

/** Locks a window's realm down. */
export const lockDown = (realm) => {
  guardElements();
  guardDocuments();
  for (const [name, members] of Object.entries(MEMBERS)) {
    for (const member of members.split(" ")) take(realm[name]?.prototype, member);
  }
  for (const name of ["parseHTML", "parseHTMLUnsafe"]) take(Document, name);
  for (const name of ["paintWorklet", "registerProperty"]) take(CSS, name);
  for (const prototype of prototypesOf(CSSRule.prototype)) take(prototype, "style");
  for (const name of Object.getOwnPropertyNames(Navigator.prototype)) {
    if (!NAVIGATOR.test(name)) take(Navigator.prototype, name);
  }
  for (const name of Object.getOwnPropertyNames(realm)) if (GLOBALS.test(name)) take(realm, name);
  for (const [object, names] of RELIED_ON) {
    for (const name of names.split(" ")) Object.defineProperty(object, name, { writable: false, configurable: false });
  }
};
