/**
 * <pars-check>: puts the sealed self-check document into a sandboxed frame.
 *
 * The frame is the privacy boundary, not this file. The document inside has an
 * opaque origin, so neither the page around it nor this script can read an
 * answer. This script knows no question and no outcome, and hears two words
 * from the frame: "ready" and "started".
 */

// Languages built next to this file, each with the frame's accessible name: of the check, and of the guidance alone.
const TITLES = new Map([
  ["en", ["Pars defect self-check", "Back pain and pars defects: a guide"]],
  ["es", ["Autochequeo sobre el defecto de la pars", "Dolor de espalda y defectos de la pars: una guía"]],
]);

// Exactly these. Never allow-same-origin: it would let the host page read answers.
const SANDBOX =
  "allow-scripts allow-modals allow-downloads allow-top-navigation-by-user-activation";

// What goes on to the document. It checks every value again: anybody can write a fragment.
const FRAGMENT_KEYS = ["contact", "clinic", "tel", "emergency", "accent", "mode", "langs"];

// No true setting is longer. Browsers load nothing at all from an address of some megabytes.
const LONGEST = 1000;

// A name of its own, for bundlers rewrite a literal `new URL(…, import.meta.url)`.
const base = import.meta.url;

// Server-side rendering imports this module where there is no HTMLElement.
class ParsCheckElement extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = [...FRAGMENT_KEYS, "lang", "height"];

  #root;
  #frame = null;
  #heard = new Set();
  #queued = false;

  constructor() {
    super();
    // A shadow root, not for secrecy (it is open), but because the children belong
    // to the page: frameworks re-render them, and without script they are what is
    // seen. It also keeps the frame from themes and plug-ins that restyle or
    // rewrite every iframe on a page.
    this.#root = this.attachShadow({ mode: "open" });
    this.#root.append(document.createElement("slot"));
    try {
      // A constructed sheet passes a host policy that refuses <style>.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(":host{display:block}:host([hidden]){display:none}");
      this.#root.adoptedStyleSheets = [sheet];
    } catch {
      // Safari before 16.4: the element stays inline, the frame in it is a block all the same.
    }
  }

  connectedCallback() {
    // A framework may have set properties before this script came; they would
    // hide the accessors below.
    for (const name of ParsCheckElement.observedAttributes) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    if (!this.isConnected) return;
    addEventListener("message", this);
    this.#show();
  }

  // A frame that leaves the page loses its document, whatever we do.
  disconnectedCallback() {
    removeEventListener("message", this);
    this.#frame?.remove();
    this.#frame = null;
  }

  // `moveBefore` keeps the document alive, if the element says that it can be moved.
  connectedMoveCallback() {}

  attributeChangedCallback() {
    // Frameworks set attributes one by one: wait for the last, to load once.
    if (!this.#frame || this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      if (this.#frame) this.#show();
    });
  }

  handleEvent({ source, origin, data }) {
    // Only this very frame, only while its origin is opaque, each word once, no detail:
    // a host must learn nothing from order, number or content.
    if (!this.#frame || source !== this.#frame.contentWindow || origin !== "null") return;
    const word = data?.["pars-check"];
    if ((word !== "ready" && word !== "started") || this.#heard.has(word)) return;
    this.#heard.add(word);
    this.dispatchEvent(new CustomEvent(word));
  }

  #show() {
    const language = this.#language();
    const src = this.#address(language);
    // Once the visitor has begun, a new address would throw the answers away.
    if (!this.#frame || (this.#frame.src !== src && !this.#heard.has("started"))) {
      // A new frame, not a new src: that would add an entry to the page's history.
      this.#frame?.remove();
      this.#frame = sealedFrame(src, this.#title(language));
      this.#heard.clear();
    }
    // The height never follows the content, for it would tell the outcome.
    // CSSOM, because a strict host policy refuses a style attribute but not this.
    this.#frame.style.cssText =
      "display:block;width:100%;border:0;" +
      `height:min(100vh - 4rem,46rem);height:${this.#height()}`; // the first for browsers without svh
    // Styled before it is in the page, so that nothing on the page shifts.
    if (!this.#frame.isConnected) this.#root.prepend(this.#frame);
  }

  #height() {
    const asked = this.getAttribute("height")?.trim() ?? "";
    return /^\d+(\.\d+)?(px|rem|em|vh|svh)$/.test(asked) ? asked : "min(100svh - 4rem,46rem)";
  }

  #language() {
    // Only a language that is shipped gets into the path: for any other the frame would show the server's error page.
    const wanted = [this.getAttribute("lang"), document.documentElement.lang];
    const primary = wanted.map((tag) => (tag ?? "").split("-")[0].toLowerCase());
    return primary.find((language) => TITLES.has(language)) ?? "en";
  }

  #title(language) {
    const [ofCheck, ofGuidance] = TITLES.get(language);
    return this.getAttribute("mode")?.trim() === "leaflet" ? ofGuidance : ofCheck;
  }

  #address(language) {
    const settings = new URLSearchParams();
    for (const key of FRAGMENT_KEYS) {
      let value = this.getAttribute(key)?.trim();
      if (key === "contact" && value) value = absolute(value);
      if (value && value.length <= LONGEST) settings.set(key, value);
    }
    const url = new URL(`pars-check.${language}.html`, base);
    // In the fragment, which browsers send to no server.
    url.hash = settings;
    return url.href;
  }
}

function sealedFrame(src, title) {
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.setAttribute("sandbox", SANDBOX);
  frame.setAttribute("allow", "");
  frame.setAttribute("referrerpolicy", "no-referrer");
  frame.setAttribute("loading", "lazy"); // heeded only if set before src
  frame.src = src;
  return frame;
}

// As a link in the host page would resolve; the frame's own address is another.
function absolute(address) {
  try {
    const url = new URL(address, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url.href : "";
  } catch {
    return "";
  }
}

// Angular and others set properties: make each attribute reachable as one.
for (const name of ParsCheckElement.observedAttributes) {
  if (name === "lang") continue; // every HTML element has it
  Object.defineProperty(ParsCheckElement.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(name);
    },
    set(value) {
      if (value == null) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}

// Loaded twice, from two places or in two versions: the first one stays.
if (globalThis.customElements && !customElements.get("pars-check")) {
  customElements.define("pars-check", ParsCheckElement);
}
