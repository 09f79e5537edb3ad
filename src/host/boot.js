// The last script of the sealed document: brings the engine up, or the leaflet back.
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

/** A trap leaves the engine in a state that nobody may rely on. Errors of others, an extension's say, leave it alone. */
const failIfEngine = (error) => {
  if (error instanceof WebAssembly.RuntimeError || /wasm/i.test(error?.stack)) fail(error);
};

// The engine's bytes, and once they are compiled the module.
let source;

const start = () => {
  const current = startEngine(source, app);
  engine = current;
  const goOn = (module) => {
    if (engine !== current) return;
    source = module;
    root.className = "quiz live";
  };
  current.started.then(goOn, (error) => engine === current && fail(error));
};

/** Erases: the engine's memory, the element with all that was listening on it, and what was pressed early. */
const startOver = () => {
  if (!root.classList.contains("quiz")) return;
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

if (root.className === "quiz") {
  addEventListener("error", ({ error }) => failIfEngine(error));
  addEventListener("unhandledrejection", ({ reason }) => failIfEngine(reason));
  try {
    lockDown(self);
    allowLinks(read_settings());
    const text = document.getElementById("engine");
    source = unpack(text.textContent);
    text.remove(); // it would take more memory than the engine
    start();
    when_erased(startOver);
    // Somebody else's script, an extension's say, took the quiz out of the page.
    const watch = () => {
      if (!root.classList.contains("quiz")) return;
      if (!app.isConnected) fail(new Error("#app is gone"));
      // Only what it stands in by now: to be told of each node of a screen would cost more than to make it.
      for (let around = app; (around = around.parentNode); ) observer.observe(around, { childList: true });
    };
    const observer = new MutationObserver(watch);
    watch();
  } catch (error) {
    fail(error);
  }
}
