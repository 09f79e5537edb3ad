// The few things the engine asks of the browser beyond Yew's own tree. Nothing here opens, sends, stores or presses.

const byId = (id) => document.getElementById(id);

// Ids of the quiz begin with what early.js chose; those of the file around it do not.
const root = document.documentElement;
const idPrefix = root.dataset.ids ?? "";
const byOwnId = (id) => byId(idPrefix + id);

// The lockdown takes these from the document before the engine starts; here they serve for what is written below.
const { style } = root;
const tellParent = self === top ? () => {} : parent.postMessage.bind(parent);
const pushState = history.pushState.bind(history);
const goBack = history.back.bind(history);
const printPage = self.print?.bind(self);
const createElement = document.createElement.bind(document);
const { setAttribute } = Element.prototype;
const edit = document.execCommand?.bind(document);
const addressOf = URL.createObjectURL.bind(URL);
const forget = URL.revokeObjectURL.bind(URL);

// Firefox knows `plaintext-only` from 136 on. An earlier one throws here, or has forgotten it when asked.
const PLAIN = "plaintext-only";
const knowsPlain = () => {
  try {
    const probe = createElement("div");
    probe.contentEditable = PLAIN;
    return probe.contentEditable === PLAIN;
  } catch {
    return false;
  }
};
const editingMode = knowsPlain() ? PLAIN : "true";

/** How an element is made one to write in: as plain text, where the browser knows that. */
export function editing_mode() {
  return editingMode;
}

/** The pack's bytes, or none. Each character stands for the byte of its low eight bits. */
export function read_pack() {
  const text = byId("pack")?.textContent ?? "";
  // `Uint8Array.from` would take the text apart into a list first, in ten times the time.
  return new Uint8Array(text.length).map((_, at) => text.charCodeAt(at));
}

const baked = () => {
  try {
    const settings = JSON.parse(byId("settings")?.textContent || "{}");
    return settings && typeof settings === "object" ? settings : {};
  } catch {
    return {};
  }
};

/** An absolute contact address, if this file may lead there: to its own origin, or to one that is baked into it. */
const contactAddress = (given, trusted, isBaked) => {
  try {
    const here = new URL(location.href);
    const there = new URL(given, here);
    // The origin of a file: or a data: address is "null", which equals nothing worth trusting.
    const isWeb = /^https?:$/.test(there.protocol) && !there.username && !there.password;
    const isOwn = /^https?:$/.test(here.protocol) && there.origin === here.origin;
    return isWeb && (isBaked || isOwn || trusted.includes(there.origin)) ? there.href : "";
  } catch {
    return "";
  }
};

/** The emergency number that early.js chose, or the one in the markup. */
const emergencyNumber = () => root.dataset.emergency ?? document.querySelector("a.emergency-number")?.textContent ?? "";

/** Settings: contact, clinic, tel, emergency, accent, and "page" where name and number come from the page around. */
export function read_settings() {
  return (settings ??= readOnce());
}

let settings;

const readOnce = () => {
  const own = baked();
  // Far longer than any true setting, so nothing of it is one.
  const fragment = location.hash.length < 5000 ? location.hash.slice(1) : "";
  const given = new URLSearchParams(fragment);
  const isFramed = self !== top;
  const text = (value) => (typeof value === "string" ? value : "");
  const pick = (key) => (isFramed && given.get(key)) || text(own[key]);
  const trusted = Array.isArray(own.contact_origins) ? own.contact_origins : [];
  const ownContact = own.contact ? contactAddress(text(own.contact), trusted, true) : "";
  const asked = given.get("contact");
  const contact = (asked && contactAddress(asked, trusted, false)) || ownContact;
  if (asked && !contact) {
    console.warn("pars-check: the contact address is left out. It must be of this file's own origin, or of one that is baked into it.");
  }
  const isFromPage = isFramed && (given.get("clinic") || given.get("tel")) ? "page" : "";
  return [contact, pick("clinic"), pick("tel"), emergencyNumber(), pick("accent"), isFromPage];
};

/** Puts the accent colours in place, in the leaflet too. */
export function apply_accent(onLight, onDark) {
  if (![onLight, onDark].every((colour) => /^#[0-9a-f]{6}$/.test(colour))) return;
  style.setProperty("--given-accent-on-light", onLight);
  style.setProperty("--given-accent-on-dark", onDark);
}

// What had the focus before the engine was there.
let focusedEarly;

/** What was chosen on the first screen before the engine was there: [question, option, "continue" if pressed, "yes" if
 * answers have just been erased]. */
export function early_answer() {
  const chosen = document.querySelector("#app input:checked");
  focusedEarly = document.activeElement;
  return [chosen?.name ?? "", chosen?.value ?? "", root.dataset.pressed ?? "", isErased];
}

/** The first screen's own elements are there: nothing is scrolled, and the focus is not taken from the page around. */
const keepFocus = () => {
  const { id, dataset } = focusedEarly ?? root;
  const again = id ? byId(id) : dataset.action && document.querySelector(`#app [data-action="${dataset.action}"]`);
  if (again && document.hasFocus()) again.focus({ preventScroll: true });
  focusedEarly = null;
};

const told = new Set();
let isDirty = "";

/** Tells the page around one of two words, each once for the life of this document. */
export function notify(word) {
  if (word !== "ready" && word !== "started") return;
  if (word === "started") isDirty = root.dataset.started = "yes";
  else keepFocus();
  if (!told.has(word)) tellParent({ "pars-check": word }, "*");
  told.add(word);
}

let startOver;
let isErased = "";

/** Has a function called that makes a fresh start, with nothing left of the engine before. */
export function when_erased(startOverThen) {
  startOver = startOverThen;
  listenForLife(); // leaving erases what was answered before the first engine is there, too
}

const eraseNow = () => {
  isErasing = false;
  isErased = isDirty;
  isDirty = "";
  delete root.dataset.started;
  set_depth(false);
  screens += 1;
  forgetSaved();
  startOver();
};

let isErasing = false;

/** Erases as soon as the engine that asks for it has returned, once however often it asks. */
export function erase() {
  if (startOver && !isErasing) queueMicrotask(eraseNow);
  isErasing = true;
}

// One history entry of our own, for everyone, while there is a screen to go back to.
//
// A script of the page around can call history.back() as often as it likes and see when that no longer stays in this
// frame. So that it cannot count screens, the entry is renewed after one Back and no more until the visitor goes on or
// answers again, for scrolling is no sign that a Back was theirs: every outcome is at least two screens deep, so all
// look alike.
const MOST_BACKS = 2;
const home = location.href;
let backs = 0;
let isBack = false;
let isWanted = false;
let isPushed = false;
let pushedAt;
let canPush = true;
let isReturning = false;
let isLeaving = false;

const settle = () => {
  // While the page is left, going back would undo the leaving.
  if (isReturning || isLeaving) return;
  if (isWanted && !isPushed && canPush && backs < MOST_BACKS) {
    pushState("pars-check", "");
    // WebKit adds nothing, in silence, in a frame with `loading="lazy"`. Going back would then leave the page around.
    isPushed = canPush = history.state === "pars-check";
    pushedAt = history.length;
  } else if (!isWanted && isPushed) {
    isPushed = false;
    // Another entry lies on ours: one of the page around, or of a second check in it. Going back would undo that one.
    if (history.length !== pushedAt) return;
    isReturning = true;
    goBack();
  }
};

export function set_depth(isDeep) {
  if (isDeep) root.dataset.deep = "yes";
  else delete root.dataset.deep;
  if (!isBack) backs = 0;
  isBack = false;
  isWanted = isDeep;
  settle();
}

const on = {};

/** Tells the engine that runs of what happens, and no other any more. */
export function listen(onBack, onLeave, onActivity) {
  const isFirst = !startOver && !on.back;
  Object.assign(on, { back: onBack, leave: onLeave, activity: onActivity });
  if (isFirst) listenForLife();
}

const listenForLife = () => {
  // A reload, or a way back into a fresh document, may begin on our entry; the questions begin at the first.
  isPushed = history.state === "pars-check";
  pushedAt = history.length;
  history.scrollRestoration = "manual"; // each screen begins at its top
  settle();
  addEventListener("popstate", (event) => {
    // Somebody else gave this document another fragment: no Back, and nothing to answer it with.
    if (location.href !== home) return;
    if (isReturning) {
      isReturning = false;
      settle();
    } else if (event.state === "pars-check") {
      isPushed = true; // the browser's Forward, back to our entry
      pushedAt = history.length;
      settle();
    } else if (isPushed) {
      isPushed = false;
      backs += 1;
      isBack = true;
      on.back?.();
    }
  });
  addEventListener("pagehide", () => {
    isLeaving = true;
    if (startOver) eraseNow();
    else on.leave();
  });
  addEventListener("pageshow", () => {
    isLeaving = false;
    pushedAt = history.length; // with what was gone to, which lies ahead now
    settle();
  });
  for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
    addEventListener(kind, seen, { passive: true, capture: true });
  }
  addEventListener("focus", takeFocus);
  addEventListener("click", stopSecondClick, true);
  if (editingMode !== PLAIN) addEventListener("beforeinput", keepPlain, true);
  if (self !== top && self.IntersectionObserver) watchTop();
};

// How many pixels of this frame's top the page around has scrolled out of sight. That page must not be moved, so each
// screen begins below that line instead: nobody should have to search for the headline of an emergency.
let hiddenTop = 0;
let shownTop = 0;

const watchTop = () => {
  const pane = document.createElement("div");
  pane.className = "pane";
  document.body.append(pane);
  const steps = Array.from({ length: 101 }, (_, step) => step / 100);
  const measure = (entries) => {
    const { isIntersecting, intersectionRect, boundingClientRect } = entries[entries.length - 1];
    hiddenTop = isIntersecting ? Math.round(intersectionRect.top - boundingClientRect.top) : 0;
  };
  new IntersectionObserver(measure, { threshold: steps }).observe(pane);
};

const seen = (event) => {
  if (!event.isTrusted) return;
  if (event.type === "input") {
    backs = 0;
    settle();
  }
  on.activity?.();
};

// The second click of a double click is meant for the screen on which the first one fell, not for what came after it.
let screens = 0;
let screensAtFirstClick = 0;

const stopSecondClick = (event) => {
  if (event.detail < 2) {
    screensAtFirstClick = screens;
  } else if (screens !== screensAtFirstClick) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
};

// What may be done as it is to an element to write in that would take formatting too: what adds or takes plain text.
const isPlain = (kind) =>
  /^(delete|history)|^insert(Text|LineBreak|CompositionText|FromComposition|ReplacementText|Transpose)$/.test(kind);

/** Keeps what is written plain where the browser would not: of what is pasted or dropped the text comes in, a new
 * paragraph is a new line, and no formatting is. */
const keepPlain = (event) => {
  const { inputType, dataTransfer, isTrusted } = event;
  if (!isTrusted || isPlain(inputType)) return;
  event.preventDefault();
  const text = inputType === "insertParagraph" ? "\n" : (dataTransfer?.getData("text/plain") ?? "");
  text.split(/\r?\n/).forEach((line, place) => {
    if (place) edit?.("insertLineBreak");
    if (line) edit?.("insertText", false, line);
  });
};

const sectionOf = (id) => {
  const all = [...document.querySelectorAll("#leaflet [data-guidance]")];
  return all.find((section) => section.dataset.guidance === id);
};

/** A copy of a section's text, without its title. */
export function guidance(id) {
  const original = sectionOf(id);
  if (!original) return undefined;
  const copy = document.createElement("div");
  copy.className = "guidance";
  for (const node of original.childNodes) if (node.nodeName !== "H2") copy.append(node.cloneNode(true));
  return copy;
}

/** A copy of the list of sources with those that the sections name and those with these keys, under their numbers. */
export function sources(sections, keys) {
  const named = new Set(keys.split(" "));
  for (const section of sections.split(" ")) {
    const { sources = "" } = sectionOf(section)?.dataset ?? {};
    for (const key of sources.split(" ")) named.add(key);
  }
  const copy = document.createElement("ol");
  for (const item of document.querySelectorAll("#leaflet [data-source]")) {
    if (named.has(item.dataset.source)) copy.append(item.cloneNode(true));
  }
  return copy.childElementCount ? copy : undefined;
}

/** Prints: of a page with a sheet, the sheet. */
export function print() {
  printPage?.();
}

let saved = "";

const forgetSaved = () => {
  if (saved) forget(saved);
  saved = "";
};

/** Hands the browser a file to save. It is made here and named after this document: no request, no answer in its name. */
const save = (kind, type, parts) => {
  forgetSaved();
  saved = addressOf(new Blob(parts, { type }));
  const link = createElement("a");
  setAttribute.call(link, "href", saved);
  setAttribute.call(link, "download", document.title.toLowerCase().replace(/[^\p{L}\p{M}\d]+/gu, "-") + kind);
  link.click();
};

/** Saves the sheet as a file that stands alone: with this document's head, so its policy and styles, and no script. */
export function save_sheet() {
  const sheet = document.querySelector("#app .sheet")?.cloneNode(true);
  // In a file of its own its headings are the first again, and nobody is told to select it.
  for (const part of sheet ? [sheet, ...sheet.querySelectorAll("[aria-level]")] : []) {
    part.removeAttribute("aria-level");
    part.removeAttribute("aria-label");
  }
  const open = `<!doctype html><html lang="${root.lang}" dir="${root.dir}" class="saved">${document.head.outerHTML}<body>`;
  const line = document.querySelector(".emergency-line")?.outerHTML ?? "";
  if (sheet) save(".html", "text/html", [open, line, sheet.outerHTML]);
}

/** Saves the answers for a clinic's records, as FHIR. */
export function save_record(json) {
  save(".fhir.json", "application/fhir+json", [json]);
}

/** This moment, as in ISO 8601. */
export function timestamp() {
  return new Date(now()).toISOString();
}

/** A day, as 2026-11-30, in the words of a language; today where none is given. */
export function long_date(language, day) {
  const [date, zone] = day ? [new Date(day), { timeZone: "UTC" }] : [new Date(now())];
  return date.toLocaleDateString(language, { dateStyle: "long", ...zone });
}

/** A copy of the figure beside a question. Its parts that stand for these options are marked. */
export function figure(id, chosen) {
  const all = [...document.querySelectorAll("template[data-figure]")];
  const original = all.find((each) => each.dataset.figure === id)?.content.firstElementChild;
  if (!original) return undefined;
  const copy = document.createElement("div");
  copy.append(original.cloneNode(true));
  const options = chosen.split(" ");
  for (const part of copy.querySelectorAll("[data-option]")) {
    if (options.includes(part.dataset.option)) part.dataset.chosen = "";
  }
  return copy;
}

/** The option that the pressed part of a figure stands for. */
export function pressed_option({ target }) {
  return (target instanceof Element && target.closest("[data-option]")?.dataset.option) || "";
}

/** Focus without scrolling, then the top of this document: the page around must not move. Somebody who is busy on
 * that page keeps the focus there. */
export function focus(id) {
  screens += 1;
  if (hiddenTop !== shownTop) {
    shownTop = hiddenTop;
    style.setProperty("--hidden-top", `${hiddenTop}px`);
  }
  if (document.hasFocus()) byOwnId(id)?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** Focus on an option, with its question's beginning in view: this document scrolls, and the page around does not. */
export function lead_to(id) {
  const option = byOwnId(id);
  option?.focus({ preventScroll: true });
  const question = option?.closest("fieldset");
  if (question) scrollBy(0, question.getBoundingClientRect().top - hiddenTop);
}

export function show_dialog(id, isOpen) {
  const dialog = byOwnId(id);
  if (!dialog || dialog.open === isOpen) return;
  // A modal dialog takes the focus, and with it the page around scrolls here: not from somebody who is busy there.
  if (!isOpen) dialog.close();
  else if (document.hasFocus()) dialog.showModal();
  else dialog.open = true;
}

/** A warning that came up while the focus was elsewhere, and that takes it now that it is here. */
const takeFocus = () => {
  const dialog = document.querySelector("dialog[open]:not(:modal)");
  if (!dialog) return;
  dialog.open = false;
  dialog.showModal();
};

export function now() {
  return Date.now();
}
