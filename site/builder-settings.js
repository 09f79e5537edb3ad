// What may be set and baked, as xtask/src/settings.rs and src/host/settings.rs have it: both are tried with the cases of
// xtask/src/settings/cases.json.

/** Numbers in public use for an ambulance. */
export const EMERGENCY_NUMBERS = ["911", "112", "999", "000", "111", "119", "995", "108"];

/** The longest clinic's name, in characters. */
export const LONGEST_NAME = 60;

/** The keys of the settings block, in the order in which they stand there. */
export const KEYS = ["contact", "clinic", "tel", "emergency", "accent", "mode", "langs", "contact_origins"];

/** Choices but for the contact page, with what is usual left out: said in so many words, 911 would stand above a baked
 * number. */
export const unusual = ({ clinic, tel, emergency, accent, mode, langs }) => ({
  clinic,
  tel,
  emergency: emergency === "911" ? "" : emergency,
  accent,
  mode: mode === "leaflet" ? mode : "",
  langs: langs.length > 1 ? langs : [],
});

const LISTS = ["langs", "contact_origins"];

// Letters, digits and the marks that names have; of those ranges, what nobody sees or what turns a text's direction is
// left out.
const PLAIN = /^[A-Za-z0-9 .,&'’()\u00c0-\u1fff\u2c00-\u2dff\u3041-\ud7ff-]$/u;
const UNSEEN = /^[\u061c\u180b-\u180f\u115f\u1160\u17b4\u17b5\u3164]$/u;

/** The name as the check would show it, or nothing. */
export const shownName = (given) => {
  const plain = [...given].filter((each) => PLAIN.test(each) && !UNSEEN.test(each)).slice(0, LONGEST_NAME);
  const name = plain.join("").trim().replace(/\s+/g, " ");
  // A name with room for a telephone number would have room for a false emergency number too.
  return name.replace(/[^0-9]/g, "").length > 2 ? "" : name;
};

export const isTelephone = (given) => {
  const digits = given.replace(/[^0-9]/g, "").length;
  return /^[0-9 +().-]*$/.test(given) && digits >= 5 && digits <= 15 && given.length <= 30;
};

export const isColour = (given) => /^#?[0-9a-f]{6}$/i.test(given);

/** The address, or nothing where browsers can't make one of it. */
export const parsed = (address, base) => {
  try {
    return new URL(address, base);
  } catch {
    return undefined;
  }
};

/** What is wrong with an address that has to be https, or nothing. */
const notSecure = (address) => {
  const url = parsed(address);
  if (!url) return `“${address}” is no whole address.`;
  if (url.protocol !== "https:") return `“${address}” does not begin with https://.`;
  return url.username || url.password ? `“${address}” has a user’s name in it.` : "";
};

const notAsWritten = (address) => {
  const { href } = parsed(address);
  return [href, href.replace(/\/$/, "")].includes(address) ? "" : `“${address}” is written “${href}” by browsers.`;
};

const notOrigin = (address) =>
  parsed(address).origin === address ? "" : `“${address}” is no origin; one is as https://clinic.example, with nothing after it.`;

// What is wrong with each, or nothing; in the order in which the command looks.
const CHECKS = {
  mode: (mode) => !["quiz", "leaflet"].includes(mode) && `The mode is quiz or leaflet, not “${mode}”.`,
  contact: (contact) => notSecure(contact) || notAsWritten(contact),
  contact_origins: (origins) => origins.map((origin) => notSecure(origin) || notOrigin(origin)).find(Boolean),
  clinic: (clinic) => {
    const shown = shownName(clinic);
    if (!shown) return `Nothing of the name “${clinic}” would be shown.`;
    return shown !== clinic && `Of the name “${clinic}” would be shown “${shown}”.`;
  },
  tel: (tel) => !isTelephone(tel) && `“${tel}” is no telephone number.`,
  emergency: (number) => !EMERGENCY_NUMBERS.includes(number) && `“${number}” is not among the emergency numbers that the check knows.`,
  accent: (accent) => !isColour(accent) && `“${accent}” is no colour; one is as #0b5c6b.`,
};

const isOfItsKind = (key, value) =>
  LISTS.includes(key) ? Array.isArray(value) && value.every((each) => typeof each === "string") : typeof value === "string";

/** Every mistake in settings that are to be baked, as [key, what is wrong]. */
export const mistakes = (settings) => {
  const strange = Object.keys(settings).filter((key) => !KEYS.includes(key) || !isOfItsKind(key, settings[key]));
  const sound = Object.entries(CHECKS).filter(([key]) => settings[key] !== undefined && !strange.includes(key));
  return [
    ...strange.map((key) => [key, `“${key}” is nothing that can be set so.`]),
    ...sound.map(([key, check]) => [key, check(settings[key])]).filter(([, wrong]) => wrong),
  ];
};
