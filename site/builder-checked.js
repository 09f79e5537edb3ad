// The file that is to be checked: read here, and what is found said here.
import { look } from "./builder-check.js";
import { byId, made } from "./builder-page.js";

const bytesOf = async (id) => {
  const [file] = byId(id).files;
  return file && new Uint8Array(await file.arrayBuffer());
};

const chosenManifest = async (manifest) => {
  const bytes = await bytesOf("check-manifest");
  if (!bytes) return manifest;
  try {
    const given = JSON.parse(new TextDecoder().decode(bytes));
    return given?.files ? given : undefined;
  } catch {
    return undefined;
  }
};

const row = (key, ...shown) => {
  const pair = made("div", "");
  const value = made("dd", "");
  value.append(...shown);
  pair.append(made("dt", key), value);
  return pair;
};

const rows = ({ settings, picture }) => {
  const all = Object.entries(settings).map(([key, value]) => row(key, [value].flat().join(", ")));
  const shown = picture && made("img", "", { src: picture, alt: "The picture in the file, to be looked at" });
  return shown ? [...all, row("logo", shown)] : all;
};

const say = ({ said: [answer, words], wrong = [], ...found }) => {
  byId("check-said").dataset.answer = answer;
  byId("check-said").textContent = [words, ...wrong.map(([, why]) => why)].join(" ");
  byId("check-settings").replaceChildren(...rows(found));
};

// Raised whenever what was found is of no file any more.
let turn = 0;

/** What is said is of the file and the manifest that are chosen: once one changes it is gone. */
export const forgetCheck = () => {
  turn += 1;
  byId("check-said").textContent = "";
  delete byId("check-said").dataset.answer;
  byId("check-settings").replaceChildren();
};

const NOT_READ = { said: ["unknown", "The file could not be read. Choose it again."], settings: {} };

const found = async (manifest) => {
  try {
    const bytes = await bytesOf("check-file");
    return bytes && (await look(bytes, await chosenManifest(manifest)));
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
