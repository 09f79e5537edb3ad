// The second script of the sealed document: brings the engine up, or the leaflet back. It stands below the leaflet and
// above the engine's text, so that the realm is locked down while the engine is still on its way, and the engine is read
// while what stands below it is.
import { startEngine } from "./engine.js";
import { showFirstScreen } from "./first-screen.js";
import { read_settings, when_erased } from "./host.js";
import { lockDown } from "./lockdown.js";
import { allowLinks } from "./refusal.js";
import { unpack } from "./unpack.js";

const root = document.documentElement;
root.dataset.boot = "yes";

let app = document.getElementById("app");
const firstScreen = app?.querySelector("template");
let engine;

/** One calm line and the whole leaflet: never a blank or frozen frame. */
const fail = (error) => {
  console.error("pars-check: the leaflet takes the place of the questions.", error);
  engine?.end();
  engine = undefined; // one that is still coming up changes nothing any more
  root.className = "failed";
  if (app) app.textContent = "";
  scrollTo(0, 0);
};

// The engine's module, once its text is read and compiled.
let compiled;

const compile = async (text) => WebAssembly.compile(unpack(text));

/** Reads the engine's text once it is whole: when the questions below it begin. */
const read = () => {
  const text = document.getElementById("engine");
  if (compiled || !text || !document.getElementById("pack")) return;
  (compiled = compile(text.textContent)).catch(fail);
  text.remove(); // it would take more memory than the engine
};

const start = () => {
  const current = startEngine(compiled, app, fail);
  engine = current;
  const goOn = () => {
    if (engine === current) root.className = "quiz live";
  };
  current.started.then(goOn, (error) => engine === current && fail(error));
};

/** Erases: the engine's memory, the element with all that was listening on it, and what was pressed early. */
const startOver = () => {
  engine.end();
  root.className = "quiz";
  delete root.dataset.pressed;
  const old = app;
  app = old.cloneNode();
  app.append(firstScreen);
  showFirstScreen(app);
  old.replaceWith(app);
  start();
};

/** Somebody else's script, an extension's say, took the quiz out of the page. */
const watch = (_, observer) => {
  if (!root.classList.contains("quiz")) return;
  if (!app.isConnected) fail(new Error("#app is gone"));
  // Only what it stands in by now: to be told of each node of a screen would cost more than to make it.
  for (let around = app; (around = around.parentNode); ) observer.observe(around, { childList: true });
};

/** The whole file is there. Where it was cut off there is no module, or none of the questions, and the start fails. */
const begin = () => {
  read();
  start();
  when_erased(() => orFail(startOver));
  watch([], new MutationObserver(watch));
};

/** Lets nothing be half done where the quiz may run. */
const orFail = (act) => {
  try {
    if (root.classList.contains("quiz")) act();
  } catch (error) {
    fail(error);
  }
};

orFail(() => {
  addEventListener("DOMContentLoaded", () => orFail(begin), { once: true });
  lockDown(self);
  allowLinks(read_settings());
  new MutationObserver(read).observe(document.body, { childList: true });
});
