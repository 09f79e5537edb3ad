// Puts the engine together from its text: lines, each of numbers of one kind, and below them what stands around the
// code. xtask/src/engine_text.rs writes it; docs/adr/0031 says why.

/** The numbers of a line, one at each call. A line that is over is a damaged file. */
const numbers = (line) => {
  let at = 0;
  const small = () => {
    const code = line.charCodeAt(at++);
    if (!(code >= 34)) throw new Error("the engine's text is damaged");
    return code === 34 ? 25 : code - 35; // 25 would be `<`
  };
  return () => {
    if (line.charCodeAt(at) !== 0xe000) return small();
    at++;
    return small() * 0x400000 + small() * 2048 + small();
  };
};

/** The instructions of a line. Another line says which the characters of one byte stand for. */
const instructions = (line, order) => {
  const kinds = numbers(order);
  const usual = Array.from(order, kinds);
  let at = 0;
  return () => {
    const code = line.charCodeAt(at++);
    const what = code < 127 ? usual[code - 33] : code - 127;
    if (!(what >= 0)) throw new Error("the engine's text is damaged");
    return what;
  };
};

/** Before these instructions a variable that is read has a line of its own, and before those a constant. */
const BEHIND_GET = [0x20, 0x41, 0x28];
const BEHIND_CONSTANT = [0x10, 0x20, 0x71, 0x21, 0x6a, 0x6b, 0x36, 0x74];
/** What else belongs to one of these instructions has one, too. */
const OF = [0x42, 0x24, 0x0e, 0xfc, 0x23, 0x11, 0x44, 0x25];

/** Numbers near zero are the first, whatever their sign. */
const signed = (number) => (number % 2 ? -(number + 1) / 2 : number / 2);

/** Bytes that grow, with numbers as WebAssembly writes them. */
const writer = (capacity) => {
  const bytes = new Uint8Array(capacity);
  let length = 0;
  const byte = (value) => {
    bytes[length++] = value;
  };
  const number = (value) => {
    for (; value > 127; value = Math.floor(value / 128)) byte((value % 128) | 128);
    byte(value);
  };
  const negativeToo = (value) => {
    for (; value < -64 || value > 63; value >>= 7) byte((value & 127) | 128);
    byte(value & 127);
  };
  const all = (more) => {
    bytes.set(more, length);
    length += more.length;
  };
  return { byte, number, signed: negativeToo, all, taken: () => bytes.subarray(0, length), empty: () => (length = 0) };
};

/** The usual alignment of each access to memory, from `i32.load` on. */
const ALIGNMENTS = "23230011001122232301012";
/** How many numbers stand behind an instruction of these kinds. */
const RARE = { 0x11: 2, 0x23: 1, 0x24: 1, 0x25: 1, 0x26: 1, 0x3f: 1, 0x40: 1, 0xd2: 1 };
const RARE_BYTES = { 0x43: 4, 0x44: 8, 0xd0: 1 };
/** How many stand behind each of those that begin with 0xfc. */
const MORE = "000000002121212111";

/** The module's bytes. */
export const unpack = (text) => {
  let from = 0;
  const line = () => {
    const to = text.indexOf("\n", from);
    const found = text.slice(from, to);
    from = to + 1;
    return found;
  };
  /** Gives the numbers for an instruction: those of its own line, or of the one that all others share. */
  const linesOf = (kinds) => {
    const own = kinds.map((kind) => [kind, numbers(line())]);
    const all = Object.fromEntries(own);
    const others = numbers(line());
    return (kind) => all[kind] ?? others;
  };
  const order = line();
  const instruction = instructions(line(), order);
  const [set, tee, load, store, call, address, branch, ofFunction, variables, type] = Array.from({ length: 10 }, () =>
    numbers(line()),
  );
  const gets = linesOf(BEHIND_GET);
  const constants = linesOf(BEHIND_CONSTANT);
  const rests = linesOf(OF);
  const often = { 0x0c: branch, 0x0d: branch, 0x10: call, 0x21: set, 0x22: tee };
  // Each character stands for the byte of its low eight bits.
  const around = Uint8Array.from(text.slice(from), (each) => each.charCodeAt(0));
  const start = ofFunction();
  const functions = ofFunction();
  if (!functions) return around;
  const body = writer(text.length);
  const code = writer(2 * text.length);
  let rest;
  const copy = (count) => {
    while (count-- > 0) body.number(rest());
  };
  const copyBytes = (count) => {
    while (count-- > 0) body.byte(rest());
  };
  const copyLeb = () => {
    let byte;
    do body.byte((byte = rest()));
    while (byte > 127);
  };
  const counted = () => {
    const count = rest();
    body.number(count);
    return count;
  };
  let last = 0x40000; // where the data begins, behind the stack
  let ahead = instruction();
  /** Writes an instruction. Gives by how many blocks it is deeper than before. */
  const step = () => {
    const what = ahead;
    ahead = instruction();
    rest = rests(what);
    if (what === 257) {
      body.byte(0x41);
      last += signed(address());
      body.signed(last);
      return 0;
    }
    const kind = what & 255;
    body.byte(kind);
    if (kind >= 2 && kind <= 4) {
      if (what > 255) copyLeb();
      else body.byte(0x40);
      return 1;
    }
    if (kind >= 0x28 && kind <= 0x3e) {
      body.number(ALIGNMENTS[kind - 0x28] - (what >> 9));
      body.number((kind < 0x36 ? load : store)());
    } else if (often[kind]) body.number(often[kind]());
    else if (kind === 0x20) body.number(gets(ahead)());
    else if (kind === 0x41) body.signed(signed(constants(ahead)()));
    else if (kind === 0x0e) copy(counted() + 1);
    else if (kind === 0x1c) copyBytes(counted());
    else if (kind === 0xfc) copy(MORE[counted()]);
    else if (kind === 0x42) copyLeb();
    else {
      copy(RARE[kind]);
      copyBytes(RARE_BYTES[kind]);
    }
    return kind === 0x0b ? -1 : 0;
  };
  code.number(functions);
  for (let left = functions; left > 0; left--) {
    body.empty();
    let groups = ofFunction();
    body.number(groups);
    while (groups-- > 0) {
      body.number(variables());
      body.byte(type());
    }
    for (let depth = 1; depth > 0; ) depth += step();
    code.number(body.taken().length);
    code.all(body.taken());
  }
  const module = writer(around.length + code.taken().length + 9);
  module.all(around.subarray(0, start));
  module.byte(10);
  module.number(code.taken().length);
  module.all(code.taken());
  module.all(around.subarray(start));
  return module.taken();
};
