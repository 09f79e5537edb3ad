// The check as it will look: the real file in the real sandbox, as wide as a phone and as a page on a desktop.
import { pixelsOf } from "./builder-height.js";
import { SANDBOX, fileOf, fragmentOf, settingsOf } from "./builder-snippet.js";

const DEVICES = [
  { id: "phone", width: 390, height: 760, title: "The self-check on a phone" },
  { id: "desktop", width: 1040, height: 800, title: "The self-check on a desktop" },
];

const frameOf = (src, title) => {
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.setAttribute("sandbox", SANDBOX);
  frame.setAttribute("allow", "");
  frame.setAttribute("referrerpolicy", "no-referrer");
  frame.setAttribute("loading", "lazy"); // heeded only if set before src
  frame.src = src;
  return frame;
};

/** The height that was chosen, in pixels, on a device of this height. */
const heightOn = (device, height) => (height ? pixelsOf(height, device) : Math.min(device - 64, 736));

/** Makes a frame as large as on its device fit its place. */
const fit = ({ id, width, height }, chosen) => {
  const place = document.getElementById(id);
  const frame = place.querySelector("iframe");
  if (!frame) return;
  const scale = Math.min(1, place.clientWidth / width);
  const high = heightOn(height, chosen);
  Object.assign(frame.style, { width: `${width}px`, height: `${high}px`, transform: `scale(${scale})` });
  place.style.height = `${high * scale}px`;
};

let shown = { height: "", scheme: "" };

const fitAll = () => DEVICES.forEach((device) => fit(device, shown.height));

const applyScheme = () => {
  // Browsers hand it on to what is framed.
  for (const frame of document.querySelectorAll(".device iframe")) frame.style.colorScheme = shown.scheme || "normal";
};

/** Shows the check with these choices, anew only where the frame would have another address. */
export const preview = (choices) => {
  shown = { height: choices.height, scheme: choices.scheme };
  const src = fileOf(choices.language) + fragmentOf(settingsOf(choices));
  for (const { id, title } of DEVICES) {
    const place = document.getElementById(id);
    // A new frame, not a new src: that would add an entry to the page's history.
    if (place.dataset.shows !== src) place.replaceChildren(frameOf(src, title));
    place.dataset.shows = src;
  }
  applyScheme();
  fitAll();
};

/** Keeps the frames fitting as the window changes. */
export const watchSizes = () => {
  const observer = new ResizeObserver(fitAll);
  for (const { id } of DEVICES) observer.observe(document.getElementById(id));
};

/** Whether this browser hands a frame's colour scheme on to what is in it. A frame of this page's own tells. */
export const canChooseScheme = () => {
  const probe = document.createElement("iframe");
  probe.className = "visually-hidden";
  document.body.append(probe);
  const isDark = (scheme) => {
    probe.style.colorScheme = scheme;
    return probe.contentWindow.matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const differs = isDark("dark") !== isDark("light");
  probe.remove();
  return differs;
};
