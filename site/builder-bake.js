// Settings baked into a sealed document, and taken out again. As in xtask/src/bake.rs, one text takes the place of
// another in a few fixed places, and nothing else changes.
import { placesOfLogo, pictureIn } from "./builder-logo.js";
import { escaped } from "./builder-page.js";
import { KEYS } from "./builder-settings.js";

const BLOCK = '<script type="application/json" id="settings">';
const BLOCK_END = "</script>";

/** As JSON that can stand in a data block: in the order of the keys, without those that are not set. */
const json = (settings) => {
  const set = KEYS.filter((key) => settings[key]?.length > 0).map((key) => [key, settings[key]]);
  return JSON.stringify(Object.fromEntries(set)).replace(/</g, "\\u003c");
};

const numberLink = (number) => `<a class="emergency-number" href="tel:${number}">${number}</a>`;

/** Each place as [text before, text after]; the emergency number's may be there any number of times, the others once. */
const places = (own, settings, logo) => {
  const { contact, emergency, langs = [] } = settings;
  const others = langs.filter((code) => code !== own);
  const all = [[`${BLOCK}{}${BLOCK_END}`, `${BLOCK}${json(settings)}${BLOCK_END}`]];
  if (contact) {
    const none = '<p class="leaflet-contact" data-no-contact';
    const link = '<p class="leaflet-contact"';
    const lead = 'target="_top" rel="noreferrer">';
    all.push([`${none}>`, `${none} hidden>`]);
    all.push([`${link} hidden><a data-contact ${lead}`, `${link}><a data-contact href="${escaped(contact)}" ${lead}`]);
  }
  for (const code of others) {
    all.push([`<a data-language hidden hreflang="${escaped(code)}"`, `<a data-language hreflang="${escaped(code)}"`]);
  }
  if (others.length) all.push(['<nav class="languages" hidden', '<nav class="languages"']);
  if (logo) all.push(...placesOfLogo(logo));
  const numbers = emergency && emergency !== "911" ? [numberLink("911"), numberLink(emergency)] : undefined;
  return { all, numbers };
};

const replaced = (text, [part, by]) => {
  const pieces = text.split(part);
  if (pieces.length !== 2) throw new Error(`The file has ${pieces.length - 1} times “${part}”, where it should be once.`);
  return pieces.join(by);
};

const ownLanguage = (text) => /<html lang="([A-Za-z0-9-]+)"/.exec(text)?.[1];

/** The document with these settings in it, and a logo's markup if there is one. */
export const bake = (text, settings, logo) => {
  const { all, numbers } = places(ownLanguage(text), settings, logo);
  const baked = all.reduce(replaced, text);
  return numbers ? baked.replaceAll(...numbers) : baked;
};

/** A mistake that whoever checks a file is told in these words. */
export class Told extends Error {}

const settingsOf = (text) => {
  const start = text.indexOf(BLOCK);
  if (start < 0) throw new Error("The file has no place for settings.");
  const from = start + BLOCK.length;
  const settings = JSON.parse(text.slice(from, text.indexOf(BLOCK_END, from)));
  if (settings === null || Array.isArray(settings) || typeof settings !== "object") throw new Error("The file’s settings are none.");
  const unknown = Object.keys(settings).filter((key) => !KEYS.includes(key));
  if (unknown.length) throw new Told(`The file has a setting that the check does not know: “${unknown.join("”, “")}”.`);
  return settings;
};

/** What is baked into a document, a logo as its markup, and the document without it. Throws where it is none that was baked so. */
export const unbake = (text) => {
  const settings = settingsOf(text);
  const logo = pictureIn(text);
  const { all, numbers } = places(ownLanguage(text), settings, logo);
  const bare = all.reduce((whole, [before, after]) => replaced(whole, [after, before]), text);
  const document = numbers ? bare.replaceAll(numbers[1], numbers[0]) : bare;
  // Whatever was undone: only what baking gives again, byte for byte, was baked.
  if (bake(document, settings, logo) !== text) throw new Error("The file’s settings were not written by this page or its command.");
  return { settings, document, logo };
};

// A byte order mark is part of the file.
export const decoded = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
export const encoded = (text) => new TextEncoder().encode(text);
