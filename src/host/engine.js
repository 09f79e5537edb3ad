// One engine after another: each starts in an empty quiz, and nothing is left of the one before it.
import { makeGlue } from "pars-check-glue";
import { openScope } from "./imports.js";

/** What the glue of an engine that is gone calls into: nothing happens any more. */
const INERT = { exports: new Proxy({}, { get: () => () => 0 }) };

/** Starts an engine in `app`, once its module is there. */
export const startEngine = (compiled, app) => {
  const scope = openScope(app);
  const glue = makeGlue(scope.host, scope.globals);
  let memory;
  let isOver = false;
  const run = async () => {
    const module = await compiled;
    const instance = await WebAssembly.instantiate(module, scope.wrapAll(glue.__wbg_get_imports()));
    if (isOver) return;
    memory = instance.exports.memory;
    glue.__wbg_finalize_init(instance, module); // runs main
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
