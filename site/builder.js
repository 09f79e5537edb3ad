// The builder page: reads the choices, and shows what comes of them. Nothing that is typed here leaves the page.
import { checkFile, forgetCheck } from "./builder-checked.js";
import { hideOwnLanguage, offerChoices, readChoices } from "./builder-choices.js";
import { copy } from "./builder-copy.js";
import { forgetFiles, makeFiles } from "./builder-download.js";
import { asToml, settingsToBake } from "./builder-files.js";
import { byId, made } from "./builder-page.js";
import { canChooseScheme, preview, watchSizes } from "./builder-preview.js";
import { loaderOf, readManifest } from "./builder-published.js";
import { parsed } from "./builder-settings.js";
import { elementSnippet, fileOf, frameSnippet } from "./builder-snippet.js";
import { showAccent, showWarnings } from "./builder-told.js";
import { warningsOf } from "./builder-warnings.js";

/** How long somebody may pause in typing before the preview starts anew. */
const PAUSE = 400;

let manifest;
const choices = () => readChoices(manifest);

/** The files lie somewhere even while their folder is still to be given. */
const complete = (given) => ({ ...given, folder: given.folder || "/pars-check/" });

const saveLink = (name) => {
  const item = made("li", "");
  item.append(made("a", name, { href: name, download: name }));
  return item;
};

const showUploads = ({ langs, folder }, loader) => {
  byId("upload-folder").textContent = folder;
  byId("upload-files").replaceChildren(...[...langs.map(fileOf), loader.name].map(saveLink));
};

/** What was said of copying is of the snippet as it was. */
const showSnippet = (id, snippet) => {
  if (byId(id).value !== snippet) byId(`${id}-said`).textContent = "";
  byId(id).value = snippet;
};

const showSnippets = (given) => {
  const loader = byId("integrity").checked ? loaderOf(manifest) : loaderOf();
  showSnippet("frame-snippet", frameSnippet(given));
  showSnippet("element-snippet", elementSnippet(given, loader));
  byId("command-settings").value = asToml(settingsToBake(given));
  showUploads(given, loader);
};

const showPreview = () => {
  const given = choices();
  const contact = parsed(given.contact, document.baseURI);
  byId("preview-contact").hidden = !contact || contact.origin === location.origin;
  byId("no-scheme").hidden = !given.scheme || canChooseScheme();
  preview(given);
};

const update = () => {
  hideOwnLanguage();
  const given = choices();
  showWarnings(warningsOf(given));
  showAccent(given.accent);
  showSnippets(complete(given));
  forgetFiles();
};

const make = async () => {
  const given = choices();
  if (await makeFiles(given, manifest)) showWarnings(warningsOf(given, settingsToBake(given)));
};

let pause;

const onChange = ({ type }) => {
  update();
  clearTimeout(pause);
  pause = setTimeout(showPreview, type === "input" ? PAUSE : 0);
};

const listenToFile = (input) => {
  // Emptied, so that a file that was changed meanwhile can be chosen again. Whoever chooses none has none then.
  input.addEventListener("click", () => {
    input.value = "";
    forgetCheck();
  });
  for (const event of ["change", "cancel"]) input.addEventListener(event, () => checkFile(manifest));
};

const listen = () => {
  const form = byId("choices");
  form.addEventListener("input", onChange);
  form.addEventListener("change", onChange);
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("integrity").addEventListener("change", update);
  for (const input of document.querySelectorAll('input[name="scheme"]')) input.addEventListener("change", showPreview);
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", () => copy(byId(button.dataset.copy), byId(`${button.dataset.copy}-said`)));
  }
  byId("make-files").addEventListener("click", make);
  for (const id of ["check-file", "check-manifest"]) listenToFile(byId(id));
};

const start = async () => {
  manifest = await readManifest();
  offerChoices(manifest);
  const hasVersion = Boolean(loaderOf(manifest).integrity);
  byId("integrity-choice").hidden = !hasVersion;
  byId("integrity").checked = hasVersion;
  byId("no-manifest").hidden = Boolean(manifest);
  byId("no-builder").hidden = true;
  byId("builder").hidden = false;
  listen();
  update();
  watchSizes();
  showPreview();
  byId("builder").removeAttribute("aria-busy");
};

start();
