// What a picture may be so that it is baked: a PNG, or an SVG of these elements and attributes. As in xtask/src/logo.rs;
// both are tried with xtask/src/logo/cases.json.

const SVG = "http://www.w3.org/2000/svg";
const XLINK = "http://www.w3.org/1999/xlink";
const XMLNS = "http://www.w3.org/2000/xmlns/";

const ELEMENTS = new Set(
  ("svg g path circle ellipse rect line polyline polygon defs linearGradient radialGradient stop clipPath mask use " +
    "title desc").split(" "),
);
const ATTRIBUTES = new Set(
  ("id viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points pathLength transform fill fill-rule " +
    "fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray " +
    "stroke-dashoffset stroke-opacity opacity color clip-path clip-rule clipPathUnits mask maskUnits " +
    "maskContentUnits gradientUnits gradientTransform spreadMethod offset stop-color stop-opacity href version " +
    "preserveAspectRatio role aria-label aria-hidden").split(" "),
);

// The room that a logo has, in CSS pixels.
const WIDTH = 240;
const HEIGHT = 56;

const refuse = (words) => {
  throw new Error(words);
};

const checkAttribute = (element, { name, localName, namespaceURI, value }) => {
  if (namespaceURI === XMLNS) return;
  const which = `“${name}” of “<${element.localName}>”`;
  const isLink = localName === "href" && (namespaceURI === null || namespaceURI === XLINK);
  if (!ATTRIBUTES.has(localName) || (namespaceURI !== null && !isLink)) refuse(`${which} does not belong in a logo.`);
  if (isLink && !value.startsWith("#")) refuse(`${which} leads elsewhere: “${value}”.`);
  const loaded = value.toLowerCase().split("url(").slice(1);
  if (!loaded.every((part) => /^\s*["']*#/.test(part))) refuse(`${which} loads something: “${value}”.`);
};

const checkElement = (element) => {
  if (element.namespaceURI !== SVG || !ELEMENTS.has(element.localName)) refuse(`“<${element.localName}>” does not belong in a logo.`);
  for (const attribute of element.attributes) checkAttribute(element, attribute);
};

const checkNode = (node) => {
  if (node.nodeType === Node.PROCESSING_INSTRUCTION_NODE) refuse("It has a processing instruction, which could load a style sheet.");
  if (node.nodeType === Node.ELEMENT_NODE) checkElement(node);
  for (const child of node.childNodes) checkNode(child);
};

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The width and the height of the viewBox. */
const shapeOf = (root) => {
  const view = root.getAttribute("viewBox") ?? refuse("It has no “viewBox”, so that its shape is unknown.");
  const parts = view.split(/[\s,]+/).filter(Boolean);
  if (parts.length !== 4 || !parts.every((part) => NUMBER.test(part))) refuse(`Its “viewBox” is not four numbers: “${view}”.`);
  return parts.slice(2).map(Number);
};

const lengthOf = (given) => {
  const [, number, unit] = /^([^a-z%]*)(.*)$/is.exec(given.trim());
  return NUMBER.test(number) && number > 0 ? { number: Number(number), unit: unit || "px" } : undefined;
};

/** Whether a width and a height, where both are given, have the shape of the viewBox. */
const hasShape = (root, ratio) => {
  if (!root.hasAttribute("width") || !root.hasAttribute("height")) return true;
  const [wide, high] = ["width", "height"].map((name) => lengthOf(root.getAttribute(name)));
  if (!wide || !high || wide.unit !== high.unit) return false;
  return wide.unit === "%" || Math.abs(wide.number / high.number / ratio - 1) < 0.02;
};

const textOf = (bytes) => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("It is neither a PNG nor an SVG in UTF-8.");
  }
};

const sizeOfSvg = (bytes) => {
  const parsed = new DOMParser().parseFromString(textOf(bytes), "image/svg+xml");
  const root = parsed.documentElement;
  if (parsed.getElementsByTagNameNS("*", "parsererror").length) refuse("It is neither a PNG nor sound XML.");
  if (parsed.doctype) refuse("It has a “<!DOCTYPE …>”, which no browser needs: delete that line.");
  if (root.localName !== "svg") refuse(`It is no SVG: its first element is “${root.localName}”.`);
  if (root.namespaceURI === null) refuse(`Its “<svg>” has no “xmlns”, and without that no browser shows it: write “<svg xmlns="${SVG}"”.`);
  checkNode(parsed);
  const [width, height] = shapeOf(root);
  if (!hasShape(root, width / height)) refuse("Its “width” and “height” are not the shape of its “viewBox”.");
  return [width, height];
};

const isPng = (bytes) => [0x89, 0x50, 0x4e, 0x47].every((byte, at) => bytes[at] === byte);

const sizeOfPng = (bytes) => {
  if (bytes.length < 24) refuse("It is no sound PNG.");
  const view = new DataView(bytes.buffer);
  return [view.getUint32(16), view.getUint32(20)];
};

/** The width and height with which a picture is baked. Throws where it would be refused, and says why. */
export const bakedSize = (kind, bytes) => {
  if (isPng(bytes) !== (kind === "image/png")) refuse(`It is called ${kind}, and is something else.`);
  const [width, height] = isPng(bytes) ? sizeOfPng(bytes) : sizeOfSvg(bytes);
  if (!(width >= 1 && height >= 1)) refuse(`It is ${width} wide and ${height} high.`);
  const scale = Math.min(WIDTH / width, HEIGHT / height);
  return [width, height].map((side) => Math.max(1, Math.round(side * scale)));
};
