const SVG = "http://www.w3.org/2000/svg";
const picture = (url) => `<img src="${url}">`;
const inBody = (tag) => (url, properties) => shown(make(tag, properties ?? { src: url }));
const loading = (tag, properties) => (url) => loaded(shown(make(tag, properties(url))));
/** For elements that tell nobody what became of them. */
const asks = (tag, properties) => (url) => (shown(make(tag, properties(url))), arrival());
const link = (rel, more) => loading("link", (url) => ({ rel, href: url, ...more }));

kind("pictures and media", {
  "Image()": { engine: absent("Image"), run: (url) => loaded(Object.assign(new Image(), { src: url })) },
  "img by createElement": { engine: made("img"), run: loading("img", (url) => ({ src: url })) },
  "img by srcset": { engine: made("img"), run: loading("img", (url) => ({ srcset: `${url} 1x` })) },
  "img by innerHTML": {
    engine: markup(picture("x")),
    run: (url) => ((shown(make("div")).innerHTML = picture(url)), loaded(document.body.lastChild.firstChild)),
  },
  "img by outerHTML": {
    engine: absent("outerHTML"),
    run: (url) => ((shown(make("div")).outerHTML = picture(url)), loaded(document.body.lastChild)),
  },
  "img by insertAdjacentHTML": {
    engine: absent("insertAdjacentHTML"),
    run: (url) => (document.body.insertAdjacentHTML("beforeend", picture(url)), loaded(document.body.lastChild)),
  },
  "img by setHTMLUnsafe": {
    engine: absent("setHTMLUnsafe"),
    run: (url) => (shown(make("div")).setHTMLUnsafe(picture(url)), loaded(document.body.lastChild.firstChild)),
  },
  "img in a cloned template": {
    engine: made("template"),
    run: (url) => {
      const template = document.querySelector("template") ?? document.createElement("template");
      template.innerHTML = picture(url);
      return loaded(shown(document.importNode(template.content, true).firstChild));
    },
  },
  "img by DOMParser": {
    engine: absent("DOMParser"),
    run: (url) => {
      const parsed = new DOMParser().parseFromString(picture(url), "text/html");
      return loaded(shown(document.adoptNode(parsed.querySelector("img"))));
    },
  },
  "img by Document.parseHTMLUnsafe": {
    engine: absent("parseHTMLUnsafe"),
    run: (url) => loaded(shown(document.adoptNode(Document.parseHTMLUnsafe(picture(url)).querySelector("img")))),
  },
  "img of another document": {
    engine: absent("implementation"),
    run: (url) => {
      const other = document.implementation.createHTMLDocument("");
      return loaded(shown(Object.assign(document.adoptNode(other.createElement("img")), { src: url })));
    },
  },
  "img of new Document()": {
    engine: absent("Document"),
    run: (url) => {
      const other = new Document().createElementNS("http://www.w3.org/1999/xhtml", "img");
      return loaded(shown(Object.assign(document.adoptNode(other), { src: url })));
    },
  },
  "img by XSLT": {
    engine: absent("XSLTProcessor"),
    run: (url) => {
      const sheet = `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
        <xsl:template match="/"><img xmlns="http://www.w3.org/1999/xhtml" src="${url}"/></xsl:template></xsl:stylesheet>`;
      const parse = (text) => new DOMParser().parseFromString(text, "text/xml");
      const processor = new XSLTProcessor();
      processor.importStylesheet(parse(sheet));
      return loaded(shown(processor.transformToFragment(parse("<x/>"), document).firstChild));
    },
  },
  "img by createContextualFragment": {
    engine: absent("createContextualFragment"),
    run: (url) => loaded(shown(document.createRange().createContextualFragment(picture(url)).firstChild)),
  },
  "img by document.write": {
    fresh: true,
    engine: absent("write"),
    run: (url) => (document.write(picture(url)), document.close(), arrival()),
  },
  "img by execCommand": {
    engine: absent("execCommand"),
    run: (url) => {
      const box = shown(make("div", { contentEditable: "true" }));
      box.focus();
      return document.execCommand("insertHTML", false, picture(url)) ? loaded(box.querySelector("img")) : false;
    },
  },
  "img of a custom element": {
    engine: absent("customElements"),
    run: (url) => {
      class Leak extends HTMLImageElement {}
      customElements.define("leak-image", Leak, { extends: "img" });
      return loaded(Object.assign(new Leak(), { src: url }));
    },
  },
  "SVG image": {
    engine: absent("createElementNS"),
    run: (url) => {
      const svg = document.createElementNS(SVG, "svg");
      const image = document.createElementNS(SVG, "image");
      image.setAttribute("href", url);
      svg.append(image);
      shown(svg);
      return loaded(image);
    },
  },
  "SVG feImage": {
    engine: absent("createElementNS"),
    run: (url) => {
      const [svg, filter, image, box] = ["svg", "filter", "feImage", "rect"].map((tag) => document.createElementNS(SVG, tag));
      image.setAttribute("href", url);
      filter.id = "leak-filter";
      Object.entries({ width: 9, height: 9, filter: "url(#leak-filter)" }).forEach((pair) => box.setAttribute(...pair));
      filter.append(image);
      svg.append(filter, box);
      shown(svg);
      return arrival();
    },
  },
  video: { engine: made("video"), run: loading("video", (url) => ({ src: url, preload: "auto" })) },
  "video poster": { engine: made("video"), run: asks("video", (url) => ({ poster: url })) },
  audio: { engine: made("audio"), run: loading("audio", (url) => ({ src: url, preload: "auto" })) },
  source: {
    engine: made("source"),
    run: (url) => {
      const source = make("source", { src: url, type: "audio/wav" });
      shown(make("audio", { preload: "auto" })).append(source);
      return loaded(source);
    },
  },
  track: {
    engine: made("track"),
    run: (url) => {
      const track = make("track", { src: url, default: true });
      shown(make("video", { crossOrigin: "anonymous" })).append(track);
      track.track.mode = "showing";
      return loaded(track);
    },
  },
  "input type=image": {
    engine: [attribute("input", "type", "image"), attribute("input", "src", "x"), property("input", "src", "x")],
    run: loading("input", (url) => ({ type: "image", src: url })),
  },
});

kind("scripts, links, frames, plugins", {
  script: { engine: made("script"), run: loading("script", (url) => ({ src: url })) },
  "script of a data block": {
    engine: attribute("script", "type", "module"),
    violates: "script-src-elem inline",
    run: (url) => {
      const block = document.getElementById("settings").cloneNode();
      block.type = "module";
      block.textContent = `import ${JSON.stringify(url)}`;
      document.body.append(block);
      return arrival();
    },
  },
  "link stylesheet": { engine: made("link"), run: link("stylesheet") },
  "link prefetch": { engine: made("link"), run: link("prefetch") },
  "link preload": { engine: made("link"), run: link("preload", { as: "fetch", crossOrigin: "anonymous" }) },
  "link modulepreload": { engine: made("link"), run: link("modulepreload") },
  "link preconnect": {
    engine: made("link"),
    run: () => (document.head.append(make("link", { rel: "preconnect", href: CONNECTIONS })), arrival()),
  },
  "link dns-prefetch": {
    engine: made("link"),
    // A name is looked up by the system: all that can be seen here is that the browser was given it.
    run: () => (document.head.append(make("link", { rel: "dns-prefetch", href: "//leak.invalid" })), true),
  },
  iframe: {
    engine: made("iframe"),
    violates: `frame-src ${COLLECTOR}`,
    run: (url) => (shown(make("iframe", { src: url })), arrival()),
  },
  "iframe srcdoc": {
    engine: made("iframe"),
    run: (url) => (shown(make("iframe", { srcdoc: picture(url) })), arrival()),
  },
  "the fetch of an empty iframe": {
    engine: made("iframe"),
    run: (url) => shown(make("iframe")).contentWindow.fetch(url, { mode: "no-cors" }).then(() => false),
  },
  "the fetch of an iframe made as a custom element": {
    engine: absent("customElements"),
    run: (url) => {
      class Leak extends HTMLIFrameElement {}
      const registry = document.customElementRegistry ?? customElements;
      registry.define("leak-frame", Leak, { extends: "iframe" });
      return shown(new Leak()).contentWindow.fetch(url, { mode: "no-cors" }).then(() => false);
    },
  },
  object: { engine: made("object"), run: (url) => (shown(make("object", { data: url })), arrival()) },
  embed: { engine: made("embed"), run: (url) => (shown(make("embed", { src: url })), arrival()) },
  "form submit": {
    fresh: true,
    engine: made("form"),
    run: (url) => submitted(shown(make("form", { action: url })), (form) => form.requestSubmit()),
  },
  "button formaction": {
    fresh: true,
    engine: [made("form"), attribute("button", "formaction", "x"), property("button", "formAction", "x")],
    run: (url) => {
      const form = shown(make("form"));
      form.append(make("button", { formAction: url }));
      return submitted(form, () => form.firstChild.click());
    },
  },
});

/** A form that may not be sent has no `submit` event. */
const submitted = (form, send) => {
  let isSent = false;
  form.addEventListener("submit", () => (isSent = true));
  send(form);
  return isSent ? arrival() : false;
};
