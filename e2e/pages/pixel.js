// A pixel as greedy as they come: hears every event in capture, on `window` and `document` of this page and of every
// frame that it can reach, and at each writes down the event, its target and all markup within reach.
(() => {
  const held = (window.held = new Set());
  window.heard = new Set();
  const reached = new WeakSet();
  const kinds = new Set(["message", "focusin", "focusout", "visibilitychange", "popstate", "hashchange", "beforeprint", "ready", "started", "compositionend"]);
  for (const prototype of [window, Window.prototype, Document.prototype, Element.prototype, HTMLElement.prototype]) {
    for (const name of Object.getOwnPropertyNames(prototype)) if (name.startsWith("on")) kinds.add(name.slice(2));
  }
  // Scripts and data blocks are the same for everybody.
  const markup = (root) => (root.documentElement?.outerHTML ?? root.innerHTML).replace(/<script[\s\S]*?<\/script>/g, "");
  const serialise = (root) => {
    held.add(markup(root));
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) serialise(element.shadowRoot);
      if (element.nodeName === "IFRAME") reach(element);
    }
  };
  const reach = (frame) => {
    held.add(`${frame.src} ${frame.title} ${frame.contentWindow?.length}`);
    try {
      if (frame.contentDocument) listen(frame.contentWindow);
      if (frame.contentDocument) serialise(frame.contentDocument);
    } catch (error) {
      held.add(String(error));
    }
  };
  const hear = (event) => {
    heard.add(event.type);
    const { type, key, data, target, origin, detail, clientX, clientY } = event;
    held.add(JSON.stringify({ type, key, data, origin, detail, clientX, clientY, value: target?.value, checked: target?.checked }));
    held.add(target?.outerHTML ?? target?.textContent ?? "");
    serialise(document);
  };
  const listen = (realm) => {
    if (reached.has(realm.document)) return;
    reached.add(realm.document);
    for (const kind of kinds) {
      realm.addEventListener(kind, hear, true);
      realm.document.addEventListener(kind, hear, true);
    }
    new realm.MutationObserver(() => serialise(document)).observe(realm.document, { subtree: true, childList: true, attributes: true, characterData: true });
  };
  listen(window);
  window.pixelHolds = (needles) => {
    const all = [...held].join("\n");
    return needles.filter((needle) => all.includes(needle));
  };
})();
