// Writes down everything that a page can observe of itself and of a frame in it, without the time.
//
// `window.record` has one ordered list for events and one for each thing that has none and is looked at: at every
// event and at every frame that is drawn, kept where it differs from before. Left out, because they are time or noise:
// all numbers of performance entries that are moments or durations, entries about tasks that took long ("longtask",
// "long-animation-frame") and about events that took long ("event"), of which one machine has more than another;
// `performance.memory`; and `navigator.userActivation.isActive`, which is true for five seconds after each press in a
// frame (see the test of what a press tells).
(() => {
  const record = (window.record = { events: [] });
  // The test's own driver marks each frame that it enters, with a number that is drawn by chance.
  const DRIVERS_MARK = /(cd_frame_id_=\W*)[0-9a-f]+/g;
  const text = (value) => {
    try {
      return (JSON.stringify(value) ?? String(value)).replace(DRIVERS_MARK, "$1");
    } catch (error) {
      return error.name;
    }
  };
  const named = (node) => {
    if (!node) return "nothing";
    if (node === window) return "window";
    const { nodeName = node.constructor?.name ?? "object", id = "" } = node;
    return id ? `${nodeName}#${id}` : nodeName;
  };
  const attempt = (read) => {
    try {
      return read();
    } catch (error) {
      return error.name;
    }
  };
  const frame = () => document.querySelector("iframe") ?? document.querySelector("pars-check")?.shadowRoot?.querySelector("iframe");
  const boxOf = (element) => {
    if (!element) return null;
    const { x, y, width, height } = element.getBoundingClientRect();
    const { offsetWidth, offsetHeight, clientHeight, scrollHeight, scrollWidth } = element;
    return [x, y, width, height, offsetWidth, offsetHeight, clientHeight, scrollHeight, scrollWidth];
  };

  // --- Things without events ---

  const CROSS_ORIGIN = ["length", "closed", "name", "opener", "location", "document", "history", "frameElement", "scrollY", "0", "then"];
  const knownKeys = new Set();
  const looks = {
    active: () => [named(document.activeElement), named(document.activeElement?.shadowRoot?.activeElement), document.hasFocus()],
    frame: () => [boxOf(frame()), frame() && [...frame().attributes].map(({ name, value }) => `${name}=${value.split("#")[0]}`)],
    element: () => boxOf(document.querySelector("pars-check")),
    page: () => [scrollX, scrollY, innerWidth, innerHeight, boxOf(document.documentElement), boxOf(document.body)],
    viewport: () => [visualViewport.scale, visualViewport.offsetTop, visualViewport.pageTop, visualViewport.height],
    history: () => [history.length, history.state, history.scrollRestoration],
    navigation: () => {
      // A key is drawn by chance: only whether it is a new one is kept.
      knownKeys.add(navigation.currentEntry?.key);
      const { canGoBack, canGoForward, transition } = navigation;
      return [navigation.entries().length, navigation.currentEntry?.index, canGoBack, canGoForward, transition?.navigationType ?? null, knownKeys.size];
    },
    title: () => document.title,
    address: () => [location.href, document.URL, document.referrer, document.baseURI],
    stored: () => [document.cookie, { ...localStorage }, { ...sessionStorage }],
    windows: () => [window.length, window.frames.length, window.name, document.querySelectorAll("*").length],
    inside: () => {
      const inner = frame()?.contentWindow;
      if (!inner) return null;
      const tried = CROSS_ORIGIN.map((name) => attempt(() => `${name} ${typeof inner[name]} ${name === "length" ? inner[name] : ""}`));
      return [tried, inner.parent === window, inner.top === window, frame().contentDocument === null, attempt(() => Object.keys(inner).length)];
    },
    states: () => [
      document.visibilityState, document.readyState, named(document.fullscreenElement), named(document.pointerLockElement),
      named(document.pictureInPictureElement), String(getSelection()), navigator.userActivation?.hasBeenActive ?? null,
      speechSynthesis?.speaking ?? null, matchMedia("print").matches, screen.orientation?.type ?? null, devicePixelRatio,
    ],
    markup: () => document.documentElement.outerHTML,
  };
  for (const name of Object.keys(looks)) record[name] = [];
  const keep = (name, value) => {
    const list = record[name];
    if (list[list.length - 1] !== value) list.push(value);
  };
  const look = () => {
    for (const [name, read] of Object.entries(looks)) keep(name, text(attempt(read)));
  };
  const lookAlways = () => {
    look();
    requestAnimationFrame(lookAlways);
  };

  // --- Events, of every kind that any interface of this browser names, and those that none names ---

  const UNNAMED = [
    "message", "messageerror", "focusin", "focusout", "DOMContentLoaded", "visibilitychange", "fullscreenchange", "fullscreenerror",
    "pointerlockchange", "securitypolicyviolation", "compositionstart", "compositionupdate", "compositionend", "popstate",
    "hashchange", "pageshow", "pagehide", "pagereveal", "pageswap", "beforeunload", "unload", "error", "unhandledrejection",
    "rejectionhandled", "beforeprint", "afterprint", "storage", "online", "offline", "languagechange", "resize", "orientationchange",
    "touchstart", "touchmove", "touchend", "touchcancel", "gesturestart", "gesturechange", "gestureend", "mousewheel", "wheel", "scroll",
    "scrollend", "scrollsnapchange", "devicemotion", "deviceorientation", "gamepadconnected", "ready", "started", "copy", "cut", "paste",
    "enterpictureinpicture", "prerenderingchange", "freeze", "resume", "readystatechange", "selectionchange", "slotchange", "close", "cancel",
  ];
  const kinds = new Set(UNNAMED);
  for (const prototype of [window, Window.prototype, Document.prototype, Element.prototype, HTMLElement.prototype, HTMLBodyElement.prototype]) {
    for (const name of Object.getOwnPropertyNames(prototype)) if (name.startsWith("on")) kinds.add(name.slice(2));
  }
  const DETAILS = ["origin", "data", "key", "button", "buttons", "clientX", "clientY", "deltaY", "detail", "state", "persisted", "reason", "effectiveDirective", "blockedURI", "message", "newState"];
  // The device answers when it likes that it has no such sensor.
  const SENSORS = new Set(["devicemotion", "deviceorientation", "deviceorientationabsolute"]);
  record.sensors = [];
  const hear = (event) => {
    const details = DETAILS.filter((name) => name in event && typeof event[name] !== "function").map((name) => `${name}=${text(event[name])}`);
    const list = SENSORS.has(event.type) ? record.sensors : record.events;
    list.push([event.type, named(event.target), named(event.relatedTarget), event.isTrusted, ...details].join(" "));
    look();
  };
  for (const kind of kinds) addEventListener(kind, hear, { capture: true, passive: true });
  for (const kind of ["resize", "scroll", "scrollend"]) visualViewport.addEventListener(kind, hear);
  for (const kind of ["navigate", "navigatesuccess", "navigateerror", "currententrychange"]) navigation.addEventListener(kind, hear);
  screen.orientation.addEventListener("change", hear);

  // --- Observers ---

  record.sizes = [];
  record.seen = [];
  record.mutations = [];
  const started = () => {
    const sized = new ResizeObserver((all) => all.forEach(({ target, contentRect }) => keep("sizes", `${named(target)} ${contentRect.width}x${contentRect.height}`)));
    const thresholds = Array.from({ length: 101 }, (_, step) => step / 100);
    const seen = new IntersectionObserver((all) => all.forEach(({ target, intersectionRatio, isIntersecting }) => keep("seen", `${named(target)} ${isIntersecting} ${intersectionRatio.toFixed(3)}`)), { threshold: thresholds });
    const mutated = new MutationObserver((all) => all.forEach(({ type, target, attributeName, addedNodes, removedNodes }) => record.mutations.push(`${type} ${named(target)} ${attributeName} +${[...addedNodes].map(named)} -${[...removedNodes].map(named)}`)));
    const options = { attributes: true, attributeOldValue: true, characterData: true, childList: true, subtree: true };
    mutated.observe(document, options);
    for (const root of [document, document.querySelector("pars-check")?.shadowRoot]) {
      if (root && root !== document) mutated.observe(root, options);
      for (const element of root?.querySelectorAll("*") ?? []) {
        sized.observe(element);
        seen.observe(element);
      }
    }
    lookAlways();
  };
  addEventListener("load", started);

  // --- Performance entries of every kind but those that the comment at the top leaves out ---

  record.entries = [];
  const TIMES = new Set(["longtask", "long-animation-frame", "event"]);
  const attributed = ({ attribution = [] }) => [...attribution].map(({ name, containerType, containerName, containerId }) => [name, containerType, containerName, containerId]);
  for (const type of PerformanceObserver.supportedEntryTypes.filter((type) => !TIMES.has(type))) {
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { name, entryType, initiatorType = "", transferSize = 0, value = "", hadRecentInput = "" } = entry;
        record.entries.push(text([name.split("#")[0], entryType, initiatorType, transferSize, value, hadRecentInput, attributed(entry)]));
      }
    });
    observer.observe({ type, buffered: true });
  }

  // --- Before the visitor does anything, and after ---

  // How a page and its frame load is time: the order of their events, whether a picture of the half of it was drawn.
  // Until here the events alone are kept, without their order.
  let loaded = [];
  window.begin = () => {
    const loading = record.events.sort();
    for (const name of Object.keys(record)) record[name] = [];
    record.loading = loading;
    loaded = performance.getEntries();
    look();
  };

  window.finish = async () => {
    record.databases = [text(await indexedDB.databases())];
    record.caches = [text(await caches.keys())];
    const isLater = ({ entryType, name, startTime }) => !TIMES.has(entryType) && !loaded.some((entry) => entry.entryType === entryType && entry.name === name && entry.startTime === startTime);
    record.timeline = [text(performance.getEntries().filter(isLater).map(({ name, entryType }) => `${entryType} ${name.split("#")[0]}`).sort())];
    record.workers = [text((await navigator.serviceWorker?.getRegistrations())?.length)];
    record.permissions = [text(attempt(() => [...document.featurePolicy.allowedFeatures()].sort()))];
    record.globals = [text(Object.keys(window).sort())];
    // Entries of different kinds reach their observers in an order that is time.
    record.entries.sort();
    delete record.sensors;
    return record;
  };
})();
