"use strict";
// Keeps what the document gives its engine, and calls it as the engine would: text written into the engine's own
// memory and passed as an address and a length, everything else as it is.
window.engine = (() => {
  const own = {};
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (module, imports) => {
    const instance = await instantiate.call(WebAssembly, module, imports);
    Object.assign(own, { imports, exports: instance.exports });
    return instance;
  };

  const encoder = new TextEncoder();
  const written = (text) => {
    const bytes = encoder.encode(text);
    const at = own.exports.__wbindgen_malloc(bytes.length, 1) >>> 0;
    new Uint8Array(own.exports.memory.buffer).set(bytes, at);
    return [at, bytes.length];
  };

  /** Text that is passed as a reference, where the import takes a value of any kind. */
  class Reference {
    constructor(value) {
      this.value = value;
    }
  }
  const passed = (value) => {
    if (value instanceof Reference) return [value.value];
    return typeof value === "string" ? written(value) : [value];
  };

  const functions = () => Object.assign({}, ...Object.values(own.imports));
  const plainName = (name) => /^__wbg_(.+)_[0-9a-f]{4}$/.exec(name)?.[1] ?? name;
  const named = (name) => Object.keys(functions()).filter((each) => plainName(each) === name);
  /** All imports of that name: two may have the same, one that reads a property and one that calls it. */
  const every = (name) => {
    if (!named(name).length) throw new Error(`the engine has no import ${name}`);
    return named(name).map((each) => (...all) => functions()[each](...all.flatMap(passed)));
  };
  return {
    every,
    call: (name, ...all) => every(name)[0](...all),
    /** The text that an import gives: it writes into the engine's memory where that lies. */
    text: (name, ...all) => {
      const place = own.exports.__wbindgen_malloc(8, 4) >>> 0;
      every(name)[0](place, ...all);
      const { buffer } = own.exports.memory;
      return new TextDecoder().decode(new Uint8Array(buffer, ...new Uint32Array(buffer, place, 2)));
    },
    reference: (value) => new Reference(value),
    /** The value behind an index that an import gave; 0 is none. */
    at: (index) => (index ? own.exports.__wbindgen_externrefs.get(index) : undefined),
    names: () => Object.keys(functions()).map(plainName),
    texts: () => Object.values(own.imports["./pars-check_bg.js"]).map(String),
  };
})();
