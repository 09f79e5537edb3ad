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

const settingRows = (settings) =>
  Object.entries(settings).map(([key, value]) => {
    const row = made("div", "");
    row.append(made("dt", key), made("dd", [value].flat().join(", ")));
    return row;
  });

/** Looks at the file that was chosen. */
export const checkFile = async (manifest) => {
  const bytes = await bytesOf("check-file");
  if (!bytes) return;
  const { said: [answer, words], settings, wrong = [] } = await look(bytes, await chosenManifest(manifest));
  byId("check-said").dataset.answer = answer;
  byId("check-said").textContent = [words, ...wrong.map(([, why]) => why)].join(" ");
  byId("check-settings").replaceChildren(...settingRows(settings));
};
