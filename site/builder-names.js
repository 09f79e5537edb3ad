// What the settings are called in words, in the order in which they matter to whoever looks at the check.

const NAMES = {
  emergency: "Emergency number",
  contact: "Contact page",
  contact_origins: "Other addresses that links may lead to",
  clinic: "Name of the clinic",
  tel: "Telephone",
  mode: "What is shown",
  langs: "Languages",
  accent: "Accent colour",
};

export const NAMED = Object.keys(NAMES);

/** The name of a setting, or its key where it has none. */
export const nameOf = (key) => (Object.hasOwn(NAMES, key) ? NAMES[key] : key);
