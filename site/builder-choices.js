// The choices: what can be chosen, and what is.
import { soundContact } from "./builder-contact.js";
import { soundHeight } from "./builder-height.js";
import { byId, made } from "./builder-page.js";
import { EMERGENCY_NUMBERS } from "./builder-settings.js";

// Where each is dialled, to be found more easily; anybody may choose any.
const DIALLED_IN = {
  911: "United States, Canada and others",
  112: "European Union and many others",
  999: "United Kingdom and others",
  "000": "Australia",
  111: "New Zealand",
  119: "Japan, South Korea, Taiwan",
  995: "Singapore",
  108: "India",
};

const text = (id) => byId(id).value.trim();
const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`)?.value ?? "";

const languages = (manifest) => manifest?.content?.languages ?? ["en"];

/** In the order of the manifest, with the one of the page. */
const offered = (language, manifest) => {
  const ticked = [...document.querySelectorAll('input[name="langs"]:checked')].map(({ value }) => value);
  return languages(manifest).filter((code) => code === language || ticked.includes(code));
};

const withSlash = (folder) => (folder && !folder.endsWith("/") ? `${folder}/` : folder);

export const readChoices = (manifest) => {
  const language = byId("language").value;
  return {
    folder: withSlash(text("folder")),
    // What was typed is told about; what comes of it is used.
    typed: { contact: text("contact"), height: text("height") },
    contact: soundContact(text("contact")),
    clinic: text("clinic"),
    tel: text("tel"),
    emergency: byId("emergency").value,
    language,
    langs: offered(language, manifest),
    accent: text("accent"),
    mode: chosen("mode"),
    height: soundHeight(text("height")),
    scheme: chosen("scheme"),
    files: manifest?.files,
  };
};

const nameOf = (code) => {
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code);
  return name[0].toLocaleUpperCase(code) + name.slice(1);
};

const box = (code) => {
  const input = Object.assign(document.createElement("input"), { type: "checkbox", name: "langs", value: code });
  const label = made("label", "", { className: "choice" });
  label.append(input, made("span", nameOf(code), { lang: code }));
  return label;
};

/** The page's own language is there anyway. */
export const hideOwnLanguage = () => {
  for (const input of document.querySelectorAll('input[name="langs"]')) input.parentElement.hidden = input.value === byId("language").value;
};

/** Offers the numbers that the check knows and the languages that the manifest names. */
export const offerChoices = (manifest) => {
  byId("emergency").replaceChildren(...EMERGENCY_NUMBERS.map((number) => made("option", `${number} – ${DIALLED_IN[number]}`, { value: number })));
  const all = languages(manifest);
  byId("language").replaceChildren(...all.map((code) => made("option", nameOf(code), { value: code, lang: code })));
  byId("langs").append(...all.map(box));
  byId("langs").hidden = all.length < 2;
};
