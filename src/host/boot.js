// The last script of the sealed document: brings the engine up, or the leaflet back.
import { __wbg_finalize_init, __wbg_get_imports } from "pars-check-glue";

const root = document.documentElement;
root.dataset.boot = "yes";

const showLeaflet = (why) => {
  root.className = why;
  document.getElementById("app")?.replaceChildren();
  scrollTo(0, 0);
};

/** One calm line and the whole leaflet: never a blank or frozen frame. */
const fail = () => showLeaflet("failed");

/** A trap leaves the engine in a state that nobody may rely on. Errors of others, an extension's say, leave it alone. */
const failIfEngine = (error) => {
  if (error instanceof WebAssembly.RuntimeError || /wasm/i.test(error?.stack)) fail();
};

const engineBytes = () => {
  const text = document.getElementById("engine").textContent;
  const bytes = new Uint8Array(text.length);
  // Each character stands for the byte of its low eight bits.
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
};

const isLeafletBaked = () => {
  try {
    return JSON.parse(document.getElementById("settings").textContent).mode === "leaflet";
  } catch {
    return false;
  }
};

const boot = async () => {
  const { instance, module } = await WebAssembly.instantiate(engineBytes(), __wbg_get_imports());
  __wbg_finalize_init(instance, module); // runs main
  root.className = "quiz live";
};

if (root.className === "quiz" && isLeafletBaked()) {
  showLeaflet("leaflet-only");
} else if (root.className === "quiz") {
  addEventListener("error", ({ error }) => failIfEngine(error));
  addEventListener("unhandledrejection", ({ reason }) => failIfEngine(reason));
  boot().catch(fail);
}
