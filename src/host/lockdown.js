// Takes from this document's realm what could carry an answer out of it, and guards what remains, before the engine
// starts. It is a second wall behind the policy and the sandbox, and works where they do not; docs/privacy.md says
// which wall holds what, and what none of them does.
import { allowLinks, mayLead, refuse, TAGS } from "./refusal.js";

// Interfaces and functions of the window that load, send, open, store, listen, speak or make a realm of their own.
const GLOBALS = new RegExp(
  "^(fetch.*|XMLHttpRequest.*|WebSocket.*|WebTransport.*|EventSource|.*Worker.*|.*Worklet.*|(webkit|moz)?RTC.*|" +
    "Broadcast.*|open|opener|parent|frameElement|name|navigation|alert|confirm|prompt|show.*|documentPicture.*|" +
    "indexedDB|(webkit)?caches|CacheStorage|(local|session|shared)Storage|cookieStore|" +
    "Image|Audio.*|.*AudioContext|Option|FontFace|DOMParser|XSLTProcessor|customElements|CustomElementRegistry|CSSStyleSheet|" +
    "(webkit)?Speech.*|speech.*|Notification|Push.*|Payment.*|Presentation.*|.*Detector|Translator|Summarizer|LanguageModel|" +
    "Rewriter|Writer|Proofreader|queryLocalFonts|fence|chrome|webkit|" +
    "(webkitR|r)equestFileSystem|webkitResolve.*|ReportingObserver|MessageChannel)$",
);

/** What stays of `navigator`: what a browser is, nothing that it does. */
const NAVIGATOR = /^(constructor|userAgent(Data)?|languages?|platform|vendor|app[A-Z]\w+|product(Sub)?|maxTouchPoints|webdriver|onLine)$/;

/** Members of prototypes that go. */
const MEMBERS = {
  Attr: "value",
  CSSGroupingRule: "insertRule",
  CSSKeyframesRule: "appendRule",
  CSSRule: "cssText",
  CSSStyleRule: "style styleMap",
  CSSStyleSheet: "insertRule addRule replace replaceSync",
  Document:
    "open write writeln execCommand cookie domain designMode createAttribute createAttributeNS implementation adoptedStyleSheets " +
    "requestStorageAccess requestStorageAccessFor browsingTopics hasUnpartitionedCookieAccess fonts",
  Element:
    "insertAdjacentHTML setHTML setHTMLUnsafe attachShadow setAttributeNode " +
    "setAttributeNodeNS setAttributeNS attributeStyleMap requestFullscreen webkitRequestFullscreen",
  History: "pushState replaceState go back forward",
  HTMLElement: "attributeStyleMap",
  HTMLFormElement: "submit requestSubmit",
  NamedNodeMap: "setNamedItem setNamedItemNS",
  Range: "createContextualFragment",
  ShadowRoot: "setHTML setHTMLUnsafe innerHTML",
  SVGAnimatedString: "baseVal",
  SVGElement: "attributeStyleMap",
};

/** Properties of elements that load or lead somewhere, and the parts of a link's address. */
const LEADING =
  "src srcset srcdoc action formAction data ping download poster background httpEquiv content codeBase cite lowsrc longDesc " +
  "host hostname port protocol pathname search hash username password";

const ATTRIBUTES = /^(on.*|src|srcset|srcdoc|style|action|formaction|data|ping|download|poster|background|http-equiv|content)$/;

const take = (object, name) => {
  if (!object || !(name in object)) return;
  try {
    Object.defineProperty(object, name, { value: undefined, writable: false, configurable: false });
  } catch {
    // `location`, `top` and a few more can't be forged: the table in docs/privacy.md names them.
  }
};

/** Puts a guard before a method. */
const guardMethod = (prototype, name, guard) => {
  const { value: real } = Object.getOwnPropertyDescriptor(prototype, name);
  const value = function (...all) {
    return real.apply(this, guard.apply(this, all));
  };
  Object.defineProperty(prototype, name, { value, writable: false, configurable: false });
};

/** Puts a guard before a property's setter. */
const guardSetter = (prototype, name, set) => {
  const property = Object.getOwnPropertyDescriptor(prototype, name);
  if (property?.set) Object.defineProperty(prototype, name, { ...property, set, configurable: false });
};

const checkAttribute = (name, value) => {
  const [plain, text] = [String(name).toLowerCase(), String(value)];
  const leads = plain === "href" || plain.endsWith(":href");
  if (ATTRIBUTES.test(plain) || (leads && !mayLead(text))) refuse(`the attribute ${plain}`);
  return [plain, text];
};

const guardElements = () => {
  const prototypes = Object.getOwnPropertyNames(self)
    .map((name) => Object.getOwnPropertyDescriptor(self, name).value?.prototype)
    .filter((prototype) => prototype === Element.prototype || prototype instanceof Element);
  // Image and HTMLImageElement, for one, have one between them.
  for (const prototype of new Set(prototypes)) {
    for (const name of LEADING.split(" ")) guardSetter(prototype, name, () => refuse(`the property ${name}`));
    const setHref = Object.getOwnPropertyDescriptor(prototype, "href")?.set;
    guardSetter(prototype, "href", function (address) {
      setHref.call(this, checkAttribute("href", address)[1]);
    });
    if (Object.hasOwn(prototype, "style")) guardStyle(prototype);
  }
  guardMethod(Element.prototype, "setAttribute", checkAttribute);
  guardMethod(Element.prototype, "toggleAttribute", (name, ...more) => [checkAttribute(name, "")[0], ...more]);
  const onlyEmpty = function (markup) {
    if (String(markup) !== "") refuse("markup");
    this.replaceChildren();
  };
  guardSetter(Element.prototype, "innerHTML", onlyEmpty);
  guardSetter(Element.prototype, "outerHTML", () => refuse("markup"));
};

/** Styles that load nothing: no address in them, not even a disguised one. */
const checkStyle = (value) => {
  const text = String(value);
  if (/url|image|src|element|@|\\/i.test(text)) refuse("that style");
  return text;
};

const guardStyle = (prototype) => {
  const { get } = Object.getOwnPropertyDescriptor(prototype, "style");
  const handler = {
    get: (real, name) => {
      if (name === "setProperty") return (property, value, ...more) => real.setProperty(property, checkStyle(value), ...more);
      const value = real[name];
      return typeof value === "function" ? value.bind(real) : value;
    },
    set: (real, name, value) => ((real[name] = checkStyle(value)), true),
  };
  const guarded = function () {
    return new Proxy(get.call(this), handler);
  };
  Object.defineProperty(prototype, "style", { get: guarded, set: undefined, configurable: false });
};

const guardDocuments = () => {
  const tag = (name) => (TAGS.has(String(name).toLowerCase()) ? String(name) : refuse(`the element ${name}`));
  guardMethod(Document.prototype, "createElement", (name) => [tag(name)]);
  guardMethod(Document.prototype, "createElementNS", (space, name) => [space, refuse(`the element ${name}`)]);
  const { set } = Object.getOwnPropertyDescriptor(Node.prototype, "nodeValue");
  guardSetter(Node.prototype, "nodeValue", function (value) {
    set.call(this, this instanceof Attr ? refuse("an attribute's value") : value);
  });
  const { set: setText } = Object.getOwnPropertyDescriptor(Node.prototype, "textContent");
  guardSetter(Node.prototype, "textContent", function (value) {
    setText.call(this, this instanceof Attr ? refuse("an attribute's value") : value);
  });
};

const linksOf = ([contact, , tel, emergency]) => [
  contact,
  `tel:${emergency}`,
  `tel:${tel.trimStart().startsWith("+") ? "+" : ""}${tel.replace(/\D/g, "")}`,
];

/** Locks this realm down; links may lead to where the settings say. */
export const lockDown = (settings) => {
  allowLinks(linksOf(settings).filter((address) => address && address !== "tel:"));
  guardElements();
  guardDocuments();
  for (const [name, members] of Object.entries(MEMBERS)) {
    for (const member of members.split(" ")) take(self[name]?.prototype, member);
  }
  for (const name of ["parseHTML", "parseHTMLUnsafe"]) take(Document, name);
  take(CSS, "paintWorklet");
  for (const name of Object.getOwnPropertyNames(Navigator.prototype)) {
    if (!NAVIGATOR.test(name)) take(Navigator.prototype, name);
  }
  for (const name of Object.getOwnPropertyNames(self)) if (GLOBALS.test(name)) take(self, name);
};
