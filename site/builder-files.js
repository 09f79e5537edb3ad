// Baking: a copy of each chosen document with the settings in it, made in this browser and offered for download.
import { bake, decoded, encoded, unbake } from "./builder-bake.js";
import { mistakesOfLogo, named } from "./builder-logo.js";
import { NAMED, nameOf } from "./builder-names.js";
import { canHash, publishedAs, sha384 } from "./builder-published.js";
import { mistakes, parsed, unusual } from "./builder-settings.js";
import { fileOf } from "./builder-snippet.js";

/** The contact page's whole address as browsers write it, where it can be known, and nothing where it can't. */
const wholeContact = ({ contact, folder }) => {
  const url = contact && parsed(contact, /^https:/i.test(folder) ? folder : undefined);
  return url ? url.href : undefined;
};

/** The choices as settings to bake. */
export const settingsToBake = (choices) => {
  const contact = wholeContact(choices);
  const settings = { contact, ...unusual(choices), contact_origins: contact && [parsed(contact).origin] };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value?.length));
};

/** The same for `cargo xtask dist --settings`: its strings and lists are written as those of JSON. */
export const asToml = (settings) =>
  Object.entries(settings).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`).join("").replace(/","/g, '", "');

const fetched = async (name) => {
  const answer = await fetch(name);
  if (!answer.ok) throw new Error(`${name} does not lie beside this page.`);
  return new Uint8Array(await answer.arrayBuffer());
};

/** Fails if a document is not the published one. Where it can't be told, it is baked all the same. */
const ensurePublished = async (name, document, manifest) => {
  if (!manifest || !canHash()) return;
  if (publishedAs(manifest, await sha384(encoded(document))) !== name) {
    throw new Error(`${name} beside this page is not the file that manifest.json describes. Upload both again.`);
  }
};

/** The logo of the file that is there, under the name that is chosen now: whoever can't see it reads that. */
const keptLogo = (logo, name, settings) => {
  if (!logo) return undefined;
  if (!settings.clinic) throw new Error(`${name} beside this page has a logo, and whoever can’t see it reads the clinic’s name: give the name in part 1.`);
  const kept = named(logo, settings.clinic);
  const wrong = mistakesOfLogo(kept, settings);
  if (wrong.length) throw new Error(`${name} beside this page has a picture that can’t be baked again. ${wrong[0][1]}`);
  return kept;
};

const bakedFile = async (language, settings, manifest) => {
  const name = fileOf(language);
  // One that was baked before is baked anew. Its logo stays, for only the command can put one there.
  const { document, settings: before, logo } = unbake(decoded(await fetched(name)));
  await ensurePublished(name, document, manifest);
  return { name, before, bytes: encoded(bake(document, settings, keptLogo(logo, name, settings))) };
};

const USUAL = { emergency: "911", mode: "quiz" };

const inWords = (settings, key) => [settings[key] ?? USUAL[key] ?? "none"].flat().join(", ");

/** What was baked before and is not any more, or otherwise, in words; the emergency number first. */
export const changesOf = (before, settings) =>
  NAMED.filter((key) => before[key] !== undefined && inWords(before, key) !== inWords(settings, key)).map(
    (key) => `${nameOf(key).toLowerCase()} ${inWords(before, key)}, now ${inWords(settings, key)}`,
  );

/** The baked document of each language, or the first reason why there is none. */
export const bakedFiles = async (choices, manifest) => {
  const settings = settingsToBake(choices);
  // The origin is that of the contact page: what is wrong with it is said of the page already.
  const wrong = mistakes(settings).filter(([key]) => key !== "contact_origins");
  if (wrong.length) throw new Error(wrong.map(([, words]) => words).join(" "));
  return Promise.all(choices.langs.map((language) => bakedFile(language, settings, manifest)));
};
