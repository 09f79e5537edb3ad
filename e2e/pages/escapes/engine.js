// How the engine would try the same: through an import, or, where there is none that could, by reaching for the name.
// Each gives whether it got through. `glue` is the document's own, or one without wrappers, with which it must.

const made = (tag) => (glue) => !!glue.createElement(tag);
const attribute = (tag, name, value) => (glue) => {
  const element = document.querySelector(`#app ${tag}`) ?? glue.createElement(tag);
  if (!element) return false;
  const before = element.getAttribute(name);
  glue.setAttribute(element, name, value);
  const after = element.getAttribute(name);
  if (before === null) element.removeAttribute(name);
  else element.setAttribute(name, before);
  return after === value;
};
const onOurs = (find, change) => (glue) => change(glue, find());
const property = (tag, name, value) => (glue) => {
  const element = Object.defineProperty(glue.createElement(tag), name, { value: "", writable: true });
  glue.set(element, name, value);
  return element[name] === value;
};
const markup = (text) => (glue) => {
  const element = glue.createElement("div");
  glue.set_innerHTML(element, text);
  return element.childNodes.length > 0;
};
/** An import of this name, or what stands for the window with such a property. */
const absent = (name) => (glue) =>
  glue.names().some((each) => each.replace(/^set_/, "") === name) ||
  glue.windows().some((each) => name in each);
/** What no name gives, but the language. */
const syntax = (name) => (glue) => glue === bare || glue.names().includes(name);
/** The focus goes to something in the quiz, and the page around sees that it is gone. */
const focused = (glue) =>
  isSeen(() => {
    for (const { id } of document.querySelectorAll("#app [id]")) glue.focus(id);
  });

const tried = (calls) => {
  const quietly = (call) => (...all) => {
    try {
      return call(...all);
    } catch {
      return undefined; // refused
    }
  };
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, quietly(call)]));
};
const { call, reference } = engine;
const wrapped = tried({
  createElement: (tag) => call("createElement", document, tag),
  setAttribute: (element, name, value) => call("setAttribute", element, name, value),
  set: (element, name, value) => call("set", element, reference(name), reference(value)),
  set_innerHTML: (element, text) => call("set_innerHTML", element, text),
  timer: (code) => call("setInterval", code, 0),
  focus: (id) => call("focus", id.slice(root.dataset.ids.length)),
  names: () => engine.names(),
  windows: () => [engine.at(call("static_accessor_SELF"))],
});
const bare = tried({
  createElement: (tag) => document.createElement(tag),
  setAttribute: (element, name, value) => element.setAttribute(name, value),
  set: (element, name, value) => Reflect.set(element, name, value),
  set_innerHTML: (element, text) => (element.innerHTML = text),
  timer: (code) => {
    const timer = setInterval(code, 0);
    clearInterval(timer);
    return timer;
  },
  focus: (id) => document.getElementById(id).focus(),
  names: () => [],
  windows: () =>
    [window, Document, Document.prototype, Element.prototype, HTMLElement.prototype, HTMLAnchorElement.prototype]
      .concat([Navigator.prototype, History.prototype, Location.prototype, location, CSS, CSSStyleSheet.prototype])
      .concat([CSSStyleDeclaration.prototype, MessageEvent.prototype, Range.prototype, Node.prototype, NamedNodeMap.prototype]),
});

/** The names of the attempts of which a way gets through, and of those of which one does not. */
window.tryAll = async (isWrapped) => {
  const [through, refused] = [[], []];
  for (const [name, { engine: ways }] of Object.entries(attempts)) {
    const all = await Promise.all([ways].flat().map((way) => way(isWrapped ? wrapped : bare)));
    if (all.includes(true)) through.push(name);
    if (all.includes(false)) refused.push(name);
  }
  return { through, refused };
};

/** What the generated functions make with `new`. */
window.constructed = () => [...new Set(engine.texts().flatMap((text) => text.match(/(?<=\bnew )\w+/g) ?? []))].sort();
