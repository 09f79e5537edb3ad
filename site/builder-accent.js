// The accent as the check will show it: moved towards black on light and towards white on dark, step by step, until
// text in it can be read. The same steps as in src/host/settings.rs.

const LEAST_CONTRAST = 4.8;
const LIGHT = [0xf1, 0xf5, 0xf7];
const DARK = [0x25, 0x31, 0x3a];
const STEPS = 20;

const luminance = (colour) => {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share * (0.012522878 + share * (0.682171111 + share * 0.305306011));
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

const parts = (hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
const written = (colour) => `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

const readable = (colour, ground, towards) => {
  for (let step = 0; step <= STEPS; step += 1) {
    const mixed = colour.map((part) => Math.floor((part * (STEPS - step) + towards * step) / STEPS));
    if (contrast(mixed, ground) >= LEAST_CONTRAST) return written(mixed);
  }
  return written([towards, towards, towards]);
};

/** A sound colour on light and on dark, and how well it could be read on light as it is. */
export const accentOf = (given) => {
  const colour = parts(given.replace("#", ""));
  return {
    given: written(colour),
    onLight: readable(colour, LIGHT, 0),
    onDark: readable(colour, DARK, 255),
    contrastOnLight: contrast(colour, LIGHT),
  };
};
