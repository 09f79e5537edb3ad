// What is said of the choices: warnings beside their fields, and how the accent will look.
import { accentOf } from "./builder-accent.js";
import { byId, made } from "./builder-page.js";
import { isColour } from "./builder-settings.js";

const nameOf = (field) => document.querySelector(`[data-field="${field}"] :is(label, legend)`).textContent;

const showWarning = (place, words) => {
  const warning = place.querySelector(".warning");
  const isNew = words && warning.textContent !== words;
  warning.textContent = words;
  warning.hidden = !words;
  return isNew;
};

const linkTo = (field) => {
  const item = made("li", "");
  item.append(made("a", nameOf(field), { href: `#${field}` }));
  return item;
};

/** Shows each warning beside its field, and has those that are new read out. */
export const showWarnings = (found) => {
  const words = Object.fromEntries(found);
  const places = [...document.querySelectorAll("[data-field]")];
  const fresh = places.filter((place) => showWarning(place, words[place.dataset.field] ?? "")).map(({ dataset }) => dataset.field);
  if (fresh.length) byId("warned").textContent = fresh.map((field) => `${nameOf(field)}: ${words[field]}`).join(" ");
  byId("to-look-at").hidden = !found.length;
  byId("to-look-at-list").replaceChildren(...found.map(([field]) => linkTo(field)));
};

const swatch = (colour) => {
  const box = made("span", "", { className: "swatch" });
  box.style.backgroundColor = colour;
  return box;
};

/** Shows what the check makes of an accent. */
export const showAccent = (accent) => {
  const place = byId("accent-shown");
  place.hidden = !isColour(accent);
  if (place.hidden) return;
  const { onLight, onDark } = accentOf(accent);
  place.replaceChildren("On light pages ", swatch(onLight), ` ${onLight}, on dark ones `, swatch(onDark), ` ${onDark}.`);
};
