// Puts the engine together from its text while it arrives: pieces of code as base64, in each of which every number took
// as many bits as it is surprising, and last what stands around the code. xtask/src/engine_text.rs writes it;
// docs/adr/0033 says why.

const { imul } = Math;
const mixed = (context, number) => {
  const bits = imul(context ^ imul(number, 0x9e3779b1), 0x2c1b3c6d);
  return bits ^ (bits >>> 15);
};
const mixed3 = (context, a, b, c) => mixed(mixed(mixed(context, a), b), c);

/** The chance of a 1 in 65536ths, by the place on a scale from -8 to 8 in steps of 1/256. No `exp`, which browsers may
 * round as they like. */
const chances = () => {
  let odds = 2980.957987041728;
  return Uint16Array.from({ length: 4096 }, () => {
    const chance = 65536 / (1 + odds);
    odds *= 0.9961013694701175;
    return chance;
  });
};
/** The place on that scale, by the chance in 4096ths. */
const placesOf = (all) => {
  let step = 0;
  return Float64Array.from({ length: 4096 }, (_, chance) => {
    while (step < 4095 && all[step] < chance * 16 + 8) step++;
    return (step - 2048) / 256;
  });
};

const damaged = () => {
  throw new Error("the engine's text is damaged");
};

/** Reads numbers, and learns on the way what is likely to come next, as xtask/src/engine_text/model.rs does: whoever
 * changes one changes both. */
const reader = () => {
  const chance = chances();
  const places = placesOf(chance);
  const rates = Int32Array.from({ length: 16 }, (_, count) => 65536 / (count + 1.4));
  const slots = new Uint16Array(0x200000).fill(0x8000);
  const weights = new Float64Array(4 * 64 * 11).fill(0.4);
  const asked = new Int32Array(4);
  const placed = new Float64Array(4);
  const contexts = new Int32Array(4);
  // The last instructions, local variables, numbers, and numbers of each kind.
  let functions = 0;
  let i0 = 0, i1 = 0, i2 = 0, i3 = 0, i4 = 0, i5 = 0, l0 = 0, l1 = 0, n0 = 0, n1 = 0;
  const same = new Int32Array(11);
  // The piece that is read, and the place in it.
  let piece, at, low, high, value;
  const byte = () => {
    if (at > piece.length + 9) damaged();
    return piece.charCodeAt(at++) | 0; // zeros behind the end
  };

  const bit = (set, node) => {
    let sum = 0;
    set = (set + (node >>> 0 > 63 ? 63 : node)) * 4;
    for (let each = 0; each < 4; each++) {
      const slot = slots[(asked[each] = imul(contexts[each] + node, 0x2c1b3c6d) >>> 11)];
      sum += (placed[each] = slot & 15 ? places[slot >> 4] : 0) * weights[set + each];
    }
    const guess = chance[Math.max(0, Math.min(4095, sum * 256 + 2048)) | 0];
    const middle = low + ((high - low) >>> 16) * guess;
    const is = value <= middle ? 1 : 0;
    if (is) high = middle;
    else low = middle + 1;
    while (!((low ^ high) >>> 24)) {
      low = (low << 8) >>> 0;
      high = ((high << 8) | 255) >>> 0;
      value = ((value << 8) | byte()) >>> 0;
    }
    const error = (is * 65536 - guess) * (0.015 / 65536);
    for (let each = 0; each < 4; each++) {
      weights[set + each] += placed[each] * error;
      const slot = slots[asked[each]];
      const count = slot & 15;
      const moved = (slot >> 4) + (((is * 4095 - (slot >> 4)) * rates[count]) >> 16);
      slots[asked[each]] = (moved << 4) | (count < 15 ? count + 1 : 15);
    }
    return is;
  };

  const goBy = (kind) => {
    let salt = kind * 4;
    contexts[0] = ++salt;
    contexts[1] = ++salt;
    contexts[2] = ++salt;
    contexts[3] = ++salt;
    if (!kind) {
      contexts[0] = mixed(contexts[0], i0);
      contexts[1] = mixed3(contexts[1], i0, i1, i2);
      contexts[2] = mixed3(contexts[2], i0, i1, n0);
      contexts[3] = mixed3(mixed3(contexts[3], i0, i1, i2), i3, i4, i5);
    } else if (kind < 4) {
      contexts[1] = mixed(contexts[1], functions);
      contexts[2] = mixed(mixed(contexts[2], l0), l1);
      contexts[3] = mixed(mixed3(contexts[3], i1, i2, i3), l0);
    } else if (kind < 6) {
      contexts[1] = mixed(mixed(contexts[1], i0), same[kind]);
      contexts[2] = mixed(mixed(contexts[2], l0), functions);
      contexts[3] = mixed(mixed3(contexts[3], i0, i1, i2), n0);
    } else {
      contexts[0] = mixed(mixed(contexts[0], i1), same[kind]);
      contexts[1] = mixed3(contexts[1], i1, i2, i3);
      contexts[2] = mixed(mixed(contexts[2], i0), n0);
      contexts[3] = mixed(mixed3(contexts[3], i0, i1, n0), n1);
    }
  };

  const number = (kind) => {
    goBy(kind);
    let bits = 0;
    let above = 1;
    while (bit(kind * 64, bits)) if (++bits > 32) damaged();
    for (let left = bits; left > 0; left--) above = above * 2 + bit(kind * 64, (above << 5) | bits);
    above--;
    if (!kind) {
      i5 = i4;
      i4 = i3;
      i3 = i2;
      i2 = i1;
      i1 = i0;
      i0 = above + 1;
    } else if (kind < 4) {
      l1 = l0;
      l0 = above;
    }
    n1 = n0;
    n0 = same[kind] = above;
    return above;
  };

  const beginFunction = () => {
    functions++;
    i0 = i1 = i2 = i3 = i4 = i5 = l0 = l1 = n0 = n1 = 0;
  };
  const beginPiece = (text) => {
    piece = atob(text);
    at = low = value = 0;
    high = 0xffffffff;
    for (let each = 0; each < 4; each++) value = ((value << 8) | byte()) >>> 0;
  };
  return { number, beginFunction, beginPiece };
};

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

// Kinds of numbers.
const [INSTRUCTION, GET, SET, TEE, LOAD, STORE, CALL, CONSTANT, ADDRESS, BRANCH, REST] = Array(11).keys();
/** What stands behind the instructions that come often. */
const OFTEN = { 0x0c: BRANCH, 0x0d: BRANCH, 0x10: CALL, 0x20: GET, 0x21: SET, 0x22: TEE };
/** The usual alignment of each access to memory, from `i32.load` on. */
const ALIGNMENTS = "23230011001122232301012";
/** How many numbers stand behind an instruction of these kinds. */
const RARE = { 0x11: 2, 0x23: 1, 0x24: 1, 0x25: 1, 0x26: 1, 0x3f: 1, 0x40: 1, 0xd2: 1 };
const RARE_BYTES = { 0x43: 4, 0x44: 8, 0xd0: 1 };
/** How many stand behind each of those that begin with 0xfc. */
const MORE = "000000002121212111";
/** Larger than the engine and than each of its functions. */
const ROOM = 0x80000;

/** Takes the pieces one by one as they come, and with the last gives the module's bytes. */
export const unpacker = () => {
  const { number, beginFunction, beginPiece } = reader();
  const body = writer(ROOM);
  const code = writer(ROOM);
  let start;
  let instructions;
  const copy = (count) => {
    while (count-- > 0) body.number(number(REST));
  };
  const copyBytes = (count) => {
    while (count-- > 0) body.byte(number(REST));
  };
  const copyLeb = () => {
    let byte;
    do body.byte((byte = number(REST)));
    while (byte > 127);
  };
  const counted = () => {
    const count = number(REST);
    body.number(count);
    return count;
  };
  let last = 0x40000; // where the data begins, behind the stack
  /** Writes an instruction. Gives by how many blocks it is deeper than before. */
  const step = () => {
    const what = instructions[number(INSTRUCTION)];
    if (what === 257) {
      body.byte(0x41);
      last += signed(number(ADDRESS));
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
      body.number(number(kind < 0x36 ? LOAD : STORE));
    } else if (OFTEN[kind]) body.number(number(OFTEN[kind]));
    else if (kind === 0x41) body.signed(signed(number(CONSTANT)));
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
  const readFunction = () => {
    beginFunction();
    body.empty();
    for (let groups = counted(); groups > 0; groups--) {
      copy(1);
      copyBytes(1);
    }
    for (let depth = 1; depth > 0; ) depth += step();
    code.number(body.taken().length);
    code.all(body.taken());
  };
  /** Takes a piece of the code. */
  const add = (piece) => {
    beginPiece(piece);
    if (!instructions) {
      start = number(REST);
      code.number(number(REST)); // how many functions
      instructions = Array.from({ length: number(REST) }, () => number(REST));
    }
    while (number(REST)) readFunction();
  };
  /** Takes what stands around the code: each character is the byte of its low eight bits. */
  const end = (text) => {
    const around = Uint8Array.from(text, (each) => each.charCodeAt(0));
    if (!instructions) return around;
    const module = writer(ROOM);
    module.all(around.subarray(0, start));
    module.byte(10);
    module.number(code.taken().length);
    module.all(code.taken());
    module.all(around.subarray(start));
    return module.taken();
  };
  return { add, end };
};
