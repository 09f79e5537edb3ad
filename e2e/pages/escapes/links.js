kind("navigation and links", {
  "location =": { fresh: true, engine: absent("location"), run: (url) => ((location = url), arrival()) },
  "navigation.navigate": {
    fresh: true,
    engine: absent("navigation"),
    run: (url) => (navigation.navigate(url), arrival()),
  },
  "top.location without a press": {
    fresh: true,
    engine: absent("top"),
    run: (url) => ((top.location = url), arrival()),
  },
  "top.location after a press": {
    fresh: true,
    press: true,
    engine: absent("top"),
    run: (url) => ((top.location = url), arrival()),
  },
  "window.open": {
    fresh: true,
    engine: absent("open"),
    run: (url) => (open(url) ? arrival() : false),
  },
  "window.open after a press": {
    fresh: true,
    press: true,
    engine: absent("open"),
    run: (url) => (open(url) ? arrival() : false),
  },
  "a link elsewhere, clicked": {
    fresh: true,
    engine: attribute("a", "href", "https://leak.invalid/"),
    run: (url) => (shown(make("a", { href: url })).click(), arrival()),
  },
  "a download": {
    fresh: true,
    engine: [attribute("a", "download", ""), attribute("a", "href", "https://leak.invalid/")],
    run: (url) => (shown(make("a", { href: url, download: "leak" })).click(), arrival()),
  },
  "a ping": {
    engine: [attribute("a", "ping", "https://leak.invalid/"), property("a", "ping", "https://leak.invalid/")],
    run: (url) => (shown(make("a", { href: "#", ping: url })).click(), arrival()),
  },
  "meta refresh": {
    fresh: true,
    engine: made("meta"),
    run: (url) => (document.head.append(make("meta", { httpEquiv: "refresh", content: `0;url=${url}` })), arrival()),
  },
  "an existing meta made a refresh": {
    fresh: true,
    engine: [onOurs(metaOf, (glue, meta) => glue.setAttribute(meta, "http-equiv", "refresh"))].map(changes(metaOf)),
    run: (url) => (Object.assign(metaOf(), { content: `0;url=${url}`, httpEquiv: "refresh" }), arrival()),
  },
  "base href": {
    engine: made("base"),
    run: () => {
      const base = make("base", { href: COLLECTOR });
      document.head.append(base);
      const isMoved = document.baseURI.startsWith(COLLECTOR);
      base.remove();
      return isMoved;
    },
  },
});

function metaOf() {
  return document.querySelector("meta[name=referrer]");
}
/** Whether a change got through to an element: it is another one after it. */
function changes(find) {
  return (change) => (glue) => {
    const before = find().cloneNode(true);
    change(glue);
    const isChanged = !find().isEqualNode(before);
    if (isChanged) find().replaceChildren(...before.childNodes);
    for (const name of find().getAttributeNames()) if (!before.hasAttribute(name)) find().removeAttribute(name);
    for (const name of before.getAttributeNames()) find().setAttribute(name, before.getAttribute(name));
    return isChanged;
  };
}

const existing = () => document.querySelector("#leaflet a[href], .emergency-line a[href]");
/** An existing link that leads elsewhere after the change. */
const led = (change) => (url) => {
  const before = existing().href;
  change(existing(), url);
  return existing().href !== before;
};
const anEngineSets = (name, value) => [
  changes(existing)(onOurs(existing, (glue, link) => glue.setAttribute(link, name, value))),
];
const anEngineAssigns = (name) => (glue) => {
  const before = existing().href;
  glue.set(existing(), name, "leak");
  const isChanged = existing().href !== before;
  if (isChanged) existing().href = before;
  return isChanged;
};
const attributeOfLink = () => existing().attributes.getNamedItem("href");
const newAttribute = (url) => {
  const made = document.createAttribute("href");
  made.value = url;
  return made;
};

kind("an existing link", {
  "its href": { engine: anEngineAssigns("href"), run: led((link, url) => (link.href = url)) },
  "its hash": { engine: anEngineAssigns("hash"), run: led((link, url) => (link.hash = url)) },
  "its search": { engine: anEngineAssigns("search"), run: led((link, url) => (link.search = url)) },
  "its setAttribute": {
    engine: anEngineSets("href", "https://leak.invalid/"),
    run: led((link, url) => link.setAttribute("HREF", url)),
  },
  "its setAttributeNS": {
    engine: absent("setAttributeNS"),
    run: led((link, url) => link.setAttributeNS(null, "href", url)),
  },
  "its attribute's value": { engine: absent("attributes"), run: led((_, url) => (attributeOfLink().value = url)) },
  "its attribute's nodeValue": { engine: absent("attributes"), run: led((_, url) => (attributeOfLink().nodeValue = url)) },
  "its attribute's textContent": {
    engine: absent("textContent"),
    run: led((_, url) => (attributeOfLink().textContent = url)),
  },
  "its setAttributeNode": {
    engine: absent("setAttributeNode"),
    run: led((link, url) => link.setAttributeNode(newAttribute(url))),
  },
  "its NamedNodeMap": {
    engine: absent("setNamedItem"),
    run: led((link, url) => link.attributes.setNamedItem(newAttribute(url))),
  },
});
