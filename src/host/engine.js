// One engine after another: each starts in an empty quiz, and nothing is left of the one before it.
import { makeGlue } from "pars-check-glue";
import { openScope } from "./imports.js";

/** What the glue of an engine that is gone calls into: nothing happens any more. */
const INERT = { exports: new Proxy({}, { get: () => () => 0 }) };

/** Where a browser comes into an engine: a listener, a timer, a promise, a closure that nothing holds any more. */
const ENTRANCE = /invoke|destroy_closure/;

/** Starts an engine in `app`, once its module is there. `onFailure` is told of all that is thrown out of it later. */
export const startEngine = (compiled, app, onFailure) => {
  const scope = openScope(app);
  const glue = makeGlue(scope.host, scope.globals);
  let memory;
  let isOver = false;
  // A trap leaves an engine in a state that nobody may rely on, and so does what a browser or somebody else's script
  // throws right through it. The browser's own events do not tell of all that.
  const watched = ([name, enter]) => {
    const watching = (...all) => {
      try {
        return enter(...all);
      } catch (error) {
        if (!isOver) onFailure(error);
        throw error;
      }
    };
    return [name, ENTRANCE.test(name) ? watching : enter];
  };
  const run = async () => {
    const module = await compiled;
    const instance = await WebAssembly.instantiate(module, scope.wrapAll(glue.__wbg_get_imports()));
    if (isOver) return;
    memory = instance.exports.memory;
    const exports = Object.fromEntries(Object.entries(instance.exports).map(watched));
    glue.__wbg_finalize_init({ exports }, module); // runs main
  };
  /** Ends it and overwrites its whole memory. What it left behind in the browser, a listener or a promise, can't call
   * into it any more. */
  const end = () => {
    isOver = true;
    scope.close();
    glue.__wbg_finalize_init(INERT);
    if (memory) new Uint8Array(memory.buffer).fill(0);
  };
  return { started: run(), end };
};
