// Runs before the first input can take an answer, and decides what the visitor sees: the questions or the leaflet.
import { showFirstScreen } from "./first-screen.js";

const root = document.documentElement;

// A frame that shares its origin with the page around it can be read by everything on that page: somebody dropped
// `sandbox`. Then no question is asked here. A page that means harm could forge `origin`, but not whether `top` lets
// itself be read.
const canReadTop = () => {
  try {
    return !!top.location.href;
  } catch {
    return false;
  }
};
const isUnsealed = self !== top && (self.origin !== "null" || canReadTop());

// Settings that are baked stand above this script, so that where the leaflet is all there is to be, no question shows
// while the rest of the file is still on its way.
const isLeafletBaked = () => {
  try {
    return JSON.parse(document.getElementById("settings").textContent).mode === "leaflet";
  } catch {
    return false;
  }
};
const isLeafletOnly = /[#&]mode=leaflet(&|$)/.test(location.hash) || isLeafletBaked();

// The first screen is markup and can be answered before the engine is there; so can its button be pressed.
document.addEventListener("click", ({ target }) => {
  if (root.className === "quiz" && target.closest?.('[data-action="continue"]')) root.dataset.pressed = "yes";
});

// Numbers in public use for an ambulance, as in settings.rs. The one that is chosen here holds for quiz and leaflet.
const NUMBERS = ["911", "112", "999", "000", "111", "119", "995", "108"];
// Far longer than any true setting, so nothing of it is one; host.js does the same.
const fragment = location.hash.length < 5000 ? location.hash.slice(1) : "";
const given = new URLSearchParams(fragment);
const number = given.get("emergency");
if (self !== top && NUMBERS.includes(number)) root.dataset.emergency = number;

// Other languages that the page around offers. The file beside this one takes its place, with the same settings and
// without an entry in the history; what was answered here is erased by leaving.
const offered = (given.get("langs") ?? "").toLowerCase().split(",");

const offerLanguages = () => {
  for (const link of document.querySelectorAll("[data-language]")) {
    if (offered.some((code) => code.trim() === link.hreflang)) link.hidden = link.parentElement.hidden = false;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      location.replace(link.href + location.hash);
    });
  }
};
offerLanguages(); // they stand above, and may be pressed before the file is whole

/** The chosen number in place of the file's own. */
const showNumber = () => {
  const { emergency } = root.dataset;
  if (!emergency) return;
  for (const link of document.querySelectorAll("a.emergency-number")) {
    link.textContent = emergency;
    link.href = `tel:${emergency}`;
  }
};

/** The leaflet, for the questions would be dead. */
const giveUp = () => {
  root.className = "failed";
  document.getElementById("app")?.replaceChildren();
};

// A download that breaks off ends in no event. Where two looks in a row find nothing new, the leaflet takes the place of
// the questions; one alone may come right after a device has slept. What comes later still gets the chosen number.
let length;
let looks = 0;
let next;
const look = () => {
  showNumber();
  const before = length;
  length = root.textContent.length;
  looks = length === before ? looks + 1 : 0;
  if (looks > 1 && root.classList.contains("quiz")) giveUp();
  next = setTimeout(look, 5000);
};

document.addEventListener("DOMContentLoaded", () => {
  clearTimeout(next);
  showNumber();
  // The file was cut off before its second script, which finds all later cuts.
  if (root.classList.contains("quiz") && !root.dataset.boot) giveUp();
  const alone = document.querySelector("[data-open-alone]");
  // Only there is it shown; elsewhere the lockdown would refuse it.
  if (alone && root.className === "unsealed") [alone.href] = location.href.split("#");
});

// The page around can give this document a fragment. Where an element has that id, it may take the focus, which that
// page can see: it would learn which screen is shown. So every id of the quiz begins with what nobody can guess. Where
// chance is not to be had, no question is asked.
const chooseIds = () => {
  root.dataset.ids = `i${crypto.getRandomValues(new Uint32Array(3)).join("-")}-`;
};

// What the questions need, and some browsers older than those of docs/browsers.md lack. It is asked for here, for a
// browser that lacks it would otherwise fail in the middle of the check, where answers are lost.
const hasAllNeeded = () =>
  !!(
    self.WebAssembly?.compile &&
    self.TextDecoder &&
    self.MutationObserver &&
    self.queueMicrotask &&
    self.HTMLDialogElement?.prototype.showModal &&
    Element.prototype.replaceChildren &&
    Object.hasOwn &&
    Object.fromEntries
  );

// What is thrown here ends this script: what bundle.rs puts around it shows the leaflet.
const kind = () => {
  if (isLeafletOnly) return "leaflet-only";
  if (isUnsealed) return "unsealed";
  chooseIds();
  if (!hasAllNeeded()) throw new Error("this browser lacks what the questions need");
  // The first screen waits in a template: where no question may be asked, there is none in the page.
  showFirstScreen(document.getElementById("app"));
  return "quiz";
};
root.className = kind();
look();
