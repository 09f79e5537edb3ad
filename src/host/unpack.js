// Puts the engine together from its text: lines, each of numbers of one kind, and below them what stands around the
// code. xtask/src/engine_text.rs writes it; docs/adr/0031 says why. It runs once, before the browser has made it fast,
// and a call takes longer then than what is done in it: so there are few for each instruction.

/** The number itself. Where a line is over, or a character stands for nothing, there is none: the file is damaged. */
const sound = (number) => {
  if (!(number >= 0)) throw new Error("the engine's text is damaged");
  return number;
};

/** The number for a character. */
const numberOf = (code) => (code === 34 ? 25 : sound(code - 35)); // 25 would be `<`

/** The numbers of a line, one at each call. A large one is a mark and three characters, of which none is
 * a mark again: so each number is finite, and what writes it comes to an end. */
const numbers = (line) => {
  let at = 0;
  const next = () => line.charCodeAt(at++);
  return () => {
    const code = next();
    if (code !== 0xe000) return numberOf(code);
    return (numberOf(next()) * 2048 + numberOf(next())) * 2048 + numberOf(next());
  };
};

/** Before these instructions a variable that is read has a line of its own, and before those a constant. */
const BEHIND_GET = [0x20, 0x41, 0x28];
const BEHIND_CONSTANT = [0x10, 0x20, 0x71, 0x21, 0x6a, 0x6b, 0x36, 0x74];
/** What else belongs to one of these instructions has one, too. */
const OF = [0x42, 0x24, 0x0e, 0xfc, 0x23, 0x11, 0x44, 0x25];

/** Numbers near zero are the first, whatever their sign. */
const signed = (number) => (number % 2 ? -(number + 1) / 2 : number / 2);

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
  const usual = Array.from(order, numbers(order));
  const instructions = line();
  const [set, tee, load, store, call, address, branch, ofFunction, variables, type] = Array.from({ length: 10 }, () =>
    numbers(line()),
  );
  const gets = linesOf(BEHIND_GET);
  const constants = linesOf(BEHIND_CONSTANT);
  const rests = linesOf(OF);
  const often = { 0x0c: branch, 0x0d: branch, 0x10: call, 0x21: set, 0x22: tee };
  // Each character stands for the byte of its low eight bits.
  const around = new Uint8Array(text.length - from).map((_, at) => text.charCodeAt(from + at));
  const start = ofFunction();
  const functions = ofFunction();
  if (!functions) return around;
  // The most that becomes of two characters are the six bytes of an address.
  const bytes = new Uint8Array(3 * text.length);
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
  /** Puts in front of what is written how long it is. */
  const sized = (write) => {
    const front = length;
    const begin = (length += 5); // as long as the length itself can be
    write();
    const end = length;
    length = front;
    number(end - begin);
    bytes.copyWithin(length, begin, end);
    length += end - begin;
  };

  let rest;
  const copy = (count) => {
    while (count-- > 0) number(rest());
  };
  const copyBytes = (count) => {
    while (count-- > 0) byte(rest());
  };
  const copyLeb = () => {
    let part;
    do byte((part = rest()));
    while (part > 127);
  };
  const counted = () => {
    const count = rest();
    number(count);
    return count;
  };
  let last = 0x40000; // where the data begins, behind the stack
  let at = 0;
  const instruction = () => {
    const code = instructions.charCodeAt(at++);
    return sound(code < 127 ? usual[code - 33] : code - 127);
  };
  let ahead = instruction();
  /** Writes an instruction. Gives by how many blocks it is deeper than before. */
  const step = () => {
    const what = ahead;
    ahead = instruction();
    const kind = what & 255;
    byte(what === 257 ? 0x41 : kind);
    if (kind === 0x20) number(gets(ahead)());
    else if (what === 257) negativeToo((last += signed(address())));
    else if (often[kind]) number(often[kind]());
    else if (kind === 0x41) negativeToo(signed(constants(ahead)()));
    else if (kind >= 0x28 && kind <= 0x3e) {
      number(ALIGNMENTS[kind - 0x28] - (what >> 9));
      number((kind < 0x36 ? load : store)());
    } else if (kind === 0x0b) return -1;
    else {
      rest = rests(what);
      if (kind >= 2 && kind <= 4) {
        if (what > 255) copyLeb();
        else byte(0x40);
        return 1;
      }
      if (kind === 0x0e) copy(counted() + 1);
      else if (kind === 0x1c) copyBytes(counted());
      else if (kind === 0xfc) copy(MORE[counted()]);
      else if (kind === 0x42) copyLeb();
      else {
        copy(RARE[kind]);
        copyBytes(RARE_BYTES[kind]);
      }
    }
    return 0;
  };
  const body = () => {
    let groups = ofFunction();
    number(groups);
    while (groups-- > 0) {
      number(variables());
      byte(type());
    }
    for (let depth = 1; depth > 0; ) depth += step();
  };
  all(around.subarray(0, start));
  byte(10);
  sized(() => {
    number(functions);
    for (let left = functions; left > 0; left--) sized(body);
  });
  all(around.subarray(start));
  return bytes.subarray(0, length);
};
