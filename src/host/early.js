// Runs before the first input can take an answer, and decides what the visitor sees: the questions or the leaflet.
const root = document.documentElement;

// A frame that shares its origin with the page around it can be read by everything on that page: somebody dropped
// `sandbox`. Then no question is asked here.
const isUnsealed = self !== top && self.origin !== "null";
const isLeafletOnly = /[#&]mode=leaflet(&|$)/.test(location.hash);
root.className = isUnsealed ? "unsealed" : isLeafletOnly ? "leaflet-only" : "quiz";

// The first screen waits in a template: where no question may be asked, there is none in the page.
if (root.className === "quiz") {
  const app = document.getElementById("app");
  app.append(app.firstChild.content.cloneNode(true));
}

// The first screen is markup and can be answered before the engine is there; so can its button be pressed.
document.addEventListener("click", ({ target }) => {
  if (root.className === "quiz" && target.closest?.('[data-action="continue"]')) root.dataset.pressed = "yes";
});

// Numbers in public use for an ambulance, as in settings.rs: the leaflet needs the right one where no engine runs.
const NUMBERS = ["911", "112", "999", "000", "111", "119", "995", "108"];

document.addEventListener("DOMContentLoaded", () => {
  const number = new URLSearchParams(location.hash.slice(1, 5000)).get("emergency");
  if (self !== top && NUMBERS.includes(number)) {
    for (const link of document.querySelectorAll("a.emergency-number")) {
      link.textContent = number;
      link.href = `tel:${number}`;
    }
  }
  // Without the last script of the file the download was cut off, and the questions would be dead.
  if (root.className === "quiz" && !root.dataset.boot) {
    root.className = "failed";
    document.getElementById("app")?.replaceChildren();
  }
  const alone = document.querySelector("[data-open-alone]");
  if (alone) [alone.href] = location.href.split("#");
});
