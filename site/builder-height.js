// The height of a frame: a number with one of the units that the element takes, or without one, which is in pixels.

/** In CSS pixels, where a window is so high. */
const UNITS = (windowHeight) => ({ px: 1, rem: 16, em: 16, vh: windowHeight / 100, svh: windowHeight / 100 });

const parts = (height) => /^(\d+(?:\.\d+)?)(px|rem|em|vh|svh)$/.exec(height) ?? [];

/** As the element and a style take it, or nothing where they don't. */
export const soundHeight = (typed) => {
  const height = /^\d+(\.\d+)?$/.test(typed) ? `${typed}px` : typed;
  return parts(height)[0] ?? "";
};

/** A sound height in pixels in a window of this height. */
export const pixelsOf = (height, windowHeight) => {
  const [, number, unit] = parts(height);
  return number * UNITS(windowHeight)[unit];
};

export const followsWindow = (height) => /vh$/.test(height);
