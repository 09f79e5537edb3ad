// What is said of each choice that would not work, or not as somebody may think. Each warning is [field, words].
import { accentOf } from "./builder-accent.js";
import { isPath, isWhole } from "./builder-contact.js";
import { followsWindow, pixelsOf } from "./builder-height.js";
import { LONGEST_NAME, isColour, isTelephone, parsed, shownName } from "./builder-settings.js";
import { fileOf, hasWords } from "./builder-snippet.js";

const BAKE = "press “Make the files” in part 4, and upload these files in place of the others.";
const BAKED = "the files that you made in part 4 have it. Upload these in place of the others.";

// Of an address that begins with its site, the site's own name is no file.
const FILE = /(?:^|[^/])\/[^/]+\.(?:html?|js|json|php|aspx?)\/$/i;

const folder = ({ folder: given }) => {
  if (!isPath(given) && !isWhole(given)) return "Begin with / for a folder of your own site, or with https:// for another one.";
  if (/[?#]/.test(given) || FILE.test(given)) return "This is the address of a page or a file. Give the folder in which the files will lie, such as /pars-check/.";
  if (/^http:/i.test(given)) return "http is not encrypted: whoever is on the way could change the check. Serve the files by https.";
  return "";
};

const misplacedContact = ({ contact, folder: given }) => {
  const there = parsed(contact);
  if (isWhole(given) && isPath(contact)) {
    const led = parsed(contact, given).href;
    return `A path is looked up where the files lie: the plain frame’s link would lead to ${led}. If your contact page is elsewhere, give its whole address.`;
  }
  if (isWhole(given) && there && there.origin !== parsed(given).origin) {
    return `The contact page is at ${there.origin}, the files are at ${parsed(given).origin}. The check leads to another address only if that is baked into the file: ${BAKE}`;
  }
  if (isPath(given) && isWhole(contact)) {
    return `The link shows only where the files lie at ${there.origin}, too; with or without www. makes a difference. If they do, /${there.pathname.slice(1)} is enough. If they don’t, bake it: ${BAKE}`;
  }
  return "";
};

const contact = (choices) => {
  const { contact: given, typed } = choices;
  if (!typed.contact) return "Give the address of your contact page. Without it the check ends without a way to you, and the snippets have no contact link.";
  if (!given) return "Begin with / for a page of your own site, or with https:// for another one. Nothing else can be the contact page, so the snippets leave it out.";
  const url = parsed(given, "https://site.example");
  if (url.username || url.password) return "The address has a user’s name in it. The check shows no such link.";
  if (url.protocol === "http:") return "http is not encrypted: what somebody writes on that page could be read on the way. Use https. An http address can’t be baked.";
  return misplacedContact(choices);
};

const clinic = ({ clinic: given }) => {
  if (!given) return "";
  const shown = shownName(given);
  const { length } = [...given];
  if (!shown) return "The check shows no such name: it needs letters, and has at most two digits, so that nobody can put a telephone number there.";
  if (length > LONGEST_NAME) return `The name has ${length} characters, and the check shows ${LONGEST_NAME}: “${shown}”.`;
  return shown === given ? "" : `The check shows “${shown}”: it leaves out what is no letter, digit or mark that names have.`;
};

const tel = ({ tel: given }) =>
  given && !isTelephone(given)
    ? "The check shows no such number: it needs 5 to 15 digits and takes spaces, +, parentheses, points and hyphens beside them, 30 characters at the most. An extension can’t be dialled."
    : "";

const emergency = ({ emergency: number }) =>
  number === "911" ? "" : `Without scripts, and opened by itself, the file says 911 and not ${number}, unless ${number} is baked: ${BAKE}`;

// The check keeps a little more: see builder-accent.js.
const LEAST_READABLE = 4.5;

const accent = ({ accent: given }) => {
  if (!given) return "";
  if (!isColour(given)) return "A colour is # and six digits or letters from a to f, such as #0b5c6b. The check takes no other, and keeps its own.";
  const { given: own, onLight, contrastOnLight } = accentOf(given);
  if (own === onLight) return "";
  // Rounded down: what is too little must not read as enough.
  const has = `Text in this colour has a contrast of ${(Math.floor(contrastOnLight * 10) / 10).toFixed(1)} to 1 on a light page`;
  return contrastOnLight < LEAST_READABLE
    ? `${has}, and 4.5 is the least that most people can read. The check moves it towards black until it can be read: ${onLight}.`
    : `${has}, just at the limit of 4.5 that most people can read. The check makes it a little darker: ${onLight}.`;
};

/** The height of a window on a small computer, in pixels. */
const WINDOW = 800;

const height = ({ height: given, typed }) => {
  if (!typed.height) return "";
  if (!given) return "A height is a number with px, rem, em, vh or svh, such as 736px. This is none, so the snippets leave it out, and the usual height holds.";
  const pixels = pixelsOf(given, WINDOW);
  if (pixels < 560) return "This is small: a question and its button do not fit, and people have to scroll inside. At 640px a wide page shows the shortest questions whole; in the others, and on a phone, people scroll there too.";
  if (followsWindow(given) && pixels > WINDOW) return "This is higher than the window, so the button to go on may lie out of sight.";
  return pixels > 1200 ? "This is higher than most windows, so the button to go on may lie out of sight." : "";
};

const language = ({ language: own, langs, files }) => {
  const missing = langs.filter((code) => files && !files[fileOf(code)]);
  if (missing.length) return `There is no file for ${missing.join(", ")} beside this page: visitors would see your server’s error page.`;
  return hasWords(own) ? "" : "The words around the frame are in English, for this page has none in that language. Translate the title and the two links. The element shows English until embed/pars-check.js names the language among its titles.";
};

// Where these are dialled, software that takes answers may be a medical device: see docs/compliance.md.
const LEAFLET_FIRST = ["112", "999"];

const mode = ({ mode: given, emergency: number }) => {
  if (given === "leaflet") return `The leaflet shows no name, telephone or accent, and a contact link only if it is baked: ${BAKE}`;
  return LEAFLET_FIRST.includes(number)
    ? "Are your visitors in the European Union or the United Kingdom? There our advice (docs/compliance.md) is the leaflet alone, until somebody who is responsible for the law on medical devices has decided otherwise in writing."
    : "";
};

const CHECKS = { folder, contact, clinic, tel, emergency, language, accent, mode, height };

/** All that is to be said of these choices, by field; `baked` is what stands in files that were made of them. */
export const warningsOf = (choices, baked = {}) => {
  const isBaked = { contact: baked.contact, mode: baked.contact, emergency: baked.emergency };
  return Object.entries(CHECKS)
    .map(([field, check]) => [field, check(choices).replace(BAKE, isBaked[field] ? BAKED : BAKE)])
    .filter(([, words]) => words);
};
