/** A box that something is drawn in. */
const box = () => shown(make("div", { textContent: "leak" }));
const drawn = (change) => (url) => (change(box(), url), arrival());
const sheet = () => document.styleSheets[0];
/** A rule for a box of its own. */
const rule = (url) => {
  const { className } = Object.assign(box(), { className: `leak-${document.querySelectorAll("div").length}` });
  return `.${className}{background-image:url(${url})}`;
};

kind("styles", {
  "style attribute": {
    engine: attribute("div", "style", "x"),
    violates: "style-src-attr inline",
    run: drawn((box, url) => box.setAttribute("style", `background:url(${url})`)),
  },
  "style.background": {
    engine: [absent("style"), property("div", "style", "x")],
    run: drawn((box, url) => (box.style.background = `url(${url})`)),
  },
  "style.cssText": { engine: absent("cssText"), run: drawn((box, url) => (box.style.cssText = `background:url(${url})`)) },
  "a style property defined": {
    engine: absent("style"),
    run: drawn((box, url) => {
      Object.defineProperty(box.style, "backgroundImage", { value: `url(${url})`, writable: true, configurable: true });
    }),
  },
  "a custom property with an address": {
    engine: absent("style"),
    run: drawn((box, url) => {
      box.style.setProperty("--leak", `url(${url})`);
      box.style.background = "var(--leak)";
    }),
  },
  "a registered property with an address": {
    engine: absent("registerProperty"),
    run: drawn((box, url) => {
      CSS.registerProperty({ name: "--registered", syntax: "*", inherits: true, initialValue: `url(${url})` });
      box.style.background = "var(--registered)";
    }),
  },
  "image-set without url": {
    engine: absent("style"),
    run: drawn((box, url) => (box.style.backgroundImage = `image-set("${url}" 1x)`)),
  },
  "a url in escapes": { engine: absent("style"), run: drawn((box, url) => (box.style.background = `u\\72l(${url})`)) },
  cursor: { engine: absent("style"), run: drawn((box, url) => (box.style.cursor = `url(${url}), auto`)) },
  "mask-image": { engine: absent("style"), run: drawn((box, url) => (box.style.maskImage = `url(${url})`)) },
  "border-image": {
    engine: absent("style"),
    run: drawn((box, url) => (box.style.cssText = `border:9px solid;border-image:url(${url}) 9`)),
  },
  "list-style": {
    engine: absent("style"),
    run: drawn((box, url) => Object.assign(box.style, { display: "list-item", listStyle: `url(${url})` })),
  },
  "element.animate": {
    engine: absent("animate"),
    run: drawn((box, url) => box.animate([{ backgroundImage: `url(${url})` }, { backgroundImage: `url(${url})` }], 1e6)),
  },
  KeyframeEffect: {
    engine: absent("KeyframeEffect"),
    run: drawn((box, url) => {
      const frames = [{ backgroundImage: `url(${url})` }, { backgroundImage: `url(${url})` }];
      new Animation(new KeyframeEffect(box, frames, 1e6)).play();
    }),
  },
  insertRule: { engine: absent("insertRule"), run: (url) => (sheet().insertRule(rule(url)), arrival()) },
  "the style of a rule": {
    engine: absent("cssRules"),
    run: (url) => {
      const body = [...sheet().cssRules].find(({ selectorText }) => /(^|,)\s*body/.test(selectorText));
      body.style.backgroundImage = `url(${url})`;
      return arrival();
    },
  },
  adoptedStyleSheets: {
    engine: absent("adoptedStyleSheets"),
    run: (url) => {
      const adopted = new (sheet().constructor)();
      adopted.replaceSync(rule(url));
      document.adoptedStyleSheets = [adopted];
      return arrival();
    },
  },
  "a style element": {
    engine: made("style"),
    violates: "style-src-elem inline",
    run: (url) => (document.head.append(make("style", { textContent: rule(url) })), arrival()),
  },
  "the existing style's text": {
    fresh: true,
    engine: changes(styleOf)(onOurs(styleOf, (glue, style) => glue.set(style, "textContent", "x"))),
    violates: "style-src-elem inline",
    run: (url) => ((styleOf().textContent = rule(url)), arrival()),
  },
  "the existing style's text node": {
    engine: changes(styleOf)(onOurs(styleOf, (glue, style) => glue.set(style.firstChild, "data", "y"))),
    violates: "style-src-elem inline",
    run: (url) => (styleOf().firstChild.appendData(rule(url)), arrival()),
  },
  "a text in the existing style": {
    engine: changes(styleOf)(onOurs(styleOf, (glue, style) => glue.set(style, "innerText", "z"))),
    violates: "style-src-elem inline",
    run: (url) => (styleOf().append(rule(url)), arrival()),
  },
  "a range in the existing style": {
    engine: absent("Range"),
    violates: "style-src-elem inline",
    run: (url) => {
      const range = document.createRange();
      range.selectNodeContents(styleOf());
      range.insertNode(new Text(rule(url)));
      return arrival();
    },
  },
  FontFace: { engine: absent("FontFace"), run: (url) => new FontFace("leak", `url(${url})`).load().then(() => false) },
});

function styleOf() {
  return document.querySelector("style");
}
