// The file that is to be checked: read here, and what is found said here.
import { look } from "./builder-check.js";
import { nameOf } from "./builder-names.js";
import { byId, made } from "./builder-page.js";
import { manifestIn } from "./builder-published.js";
import { showPicture } from "./builder-shown.js";

const chosenBytes = async () => {
  const [file] = byId("check-file").files;
  return file && new Uint8Array(await file.arrayBuffer());
};

const givenManifest = async (manifest) => {
  const [file] = byId("check-manifest").files;
  return file ? { manifest: manifestIn(await file.text()), chosen: file.name } : { manifest };
};

const row = ([key, value]) => {
  const pair = made("div", "");
  pair.append(made("dt", nameOf(key)), made("dd", [value].flat().join(", ")));
  return pair;
};

const say = ({ said: [answer, ...words], settings, picture }) => {
  byId("check-said").dataset.answer = answer;
  byId("check-said").textContent = words.join(" ");
  if (picture) showPicture(byId("check-picture"), picture);
  byId("check-settings").replaceChildren(...Object.entries(settings).map(row));
};

// Raised whenever what was found is of no file any more.
let turn = 0;

/** What is said is of the file and the manifest that are chosen: once one changes it is gone. */
export const forgetCheck = () => {
  turn += 1;
  byId("check-said").textContent = "";
  delete byId("check-said").dataset.answer;
  for (const id of ["check-picture", "check-settings"]) byId(id).replaceChildren();
};

const NOT_READ = { said: ["unknown", "The file could not be read. Choose it again."], settings: {} };

const found = async (manifest) => {
  try {
    const bytes = await chosenBytes();
    return bytes && (await look(bytes, await givenManifest(manifest)));
  } catch {
    return NOT_READ;
  }
};

/** Looks at the file that was chosen. */
export const checkFile = async (manifest) => {
  forgetCheck();
  const own = turn;
  const result = await found(manifest);
  if (result && own === turn) say(result);
};
