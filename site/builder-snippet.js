// The two snippets, as text. What was typed stands in quoted attributes and in a link's address, escaped for both.
import { unusual } from "./builder-settings.js";

/** Exactly these: see embed/README.md. */
export const SANDBOX = "allow-scripts allow-modals allow-downloads allow-top-navigation-by-user-activation";

export const USUAL_HEIGHT = "min(100svh - 4rem, 46rem)";

// What the snippet says to visitors, in the language of the check: of the self-check, or of the leaflet, which is a guide.
const WORDS = {
  en: {
    contact: "Contact us",
    quiz: { title: "Pars defect self-check", alone: "Open the self-check on its own page" },
    leaflet: { title: "Back pain and pars defects: a guide", alone: "Open the guide on its own page" },
  },
  es: {
    contact: "Contáctenos",
    quiz: { title: "Autochequeo sobre el defecto de la pars", alone: "Abrir el autochequeo en su propia página" },
    leaflet: { title: "Dolor de espalda y defectos de la pars: una guía", alone: "Abrir la guía en su propia página" },
  },
};

export const hasWords = (language) => Object.hasOwn(WORDS, language);
const wordsOf = (language) => WORDS[hasWords(language) ? language : "en"];
const namesOf = ({ language, mode }) => wordsOf(language)[mode === "leaflet" ? "leaflet" : "quiz"];

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const attribute = (name, value) => ` ${name}="${escaped(value)}"`;

/** Settings as the part of an address behind its #, or nothing. */
export const fragmentOf = (settings) => {
  const given = Object.entries(settings).filter(([, value]) => value);
  const text = given.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
  return text && `#${text}`;
};

/** What the document is told. */
export const settingsOf = (choices) => {
  const { langs, ...settings } = unusual(choices);
  return { contact: choices.contact, ...settings, langs: langs.join(",") };
};

export const fileOf = (language) => `pars-check.${language}.html`;

/** Plain links to the contact page and to the file. They remain where a content system strips frames and scripts. */
const links = (choices) => {
  const { folder, language } = choices;
  const { contact, mode, langs } = settingsOf(choices);
  const alone = attribute("href", folder + fileOf(language) + fragmentOf({ contact, mode, langs }));
  const last = `<a${alone}>${namesOf(choices).alone}</a></p>`;
  return contact ? [`<p><a${attribute("href", contact)}>${wordsOf(language).contact}</a> ·`, `   ${last}`] : [`<p>${last}`];
};

// The attribute is in pixels, for pages whose policy refuses a style.
const inPixels = (height) => (/^[\d.]+px$/.test(height) ? String(Math.round(parseFloat(height))) : "736");

export const frameSnippet = (choices) => {
  const { folder, language, height } = choices;
  return [
    "<iframe",
    ` ${attribute("src", folder + fileOf(language) + fragmentOf(settingsOf(choices)))}`,
    ` ${attribute("title", namesOf(choices).title)}`,
    `  width="100%" height="${inPixels(height)}" style="border: 0; height: ${height || USUAL_HEIGHT}"`,
    `  sandbox="${SANDBOX}"`,
    '  allow="" referrerpolicy="no-referrer" loading="lazy"></iframe>',
    ...links(choices),
  ].join("\n");
};

/** `loader` is the script's file, with the hash of exactly that file if its name has a version. */
export const elementSnippet = (choices, loader) => {
  const { folder, language, height } = choices;
  const { langs, ...settings } = settingsOf(choices);
  const given = Object.entries({ ...settings, lang: language, langs, height }).filter(([, value]) => value);
  const integrity = loader.integrity ? attribute("integrity", loader.integrity) : "";
  return [
    `<script type="module" async${attribute("src", folder + loader.name)}${integrity}></script>`,
    "",
    `<pars-check${given.map(([name, value]) => attribute(name, value)).join("")}>`,
    ...links(choices).map((line) => `  ${line}`),
    "</pars-check>",
  ].join("\n");
};
