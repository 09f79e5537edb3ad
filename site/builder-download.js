// Files that are made: each a link to save it.
import { byId, made } from "./builder-page.js";
import { bakedFiles, changesOf, settingsToBake } from "./builder-files.js";

// Raised whenever the files that are being made are of choices that have changed.
let turn = 0;

/** A file is of the choices that it was made with: once they change it is gone. */
export const forgetFiles = () => {
  turn += 1;
  for (const link of byId("baked-files").querySelectorAll("a")) URL.revokeObjectURL(link.href);
  byId("baked-files").replaceChildren();
  byId("baked-said").textContent = "";
};

const downloadLink = ({ name, bytes }) => {
  const item = made("li", "");
  const href = URL.createObjectURL(new Blob([bytes], { type: "text/html" }));
  item.append(made("a", `Save ${name}`, { href, download: name, className: "button" }));
  return item;
};

const notBaked = (given) =>
  settingsToBake(given).contact
    ? ""
    : " The contact page is not baked: give its whole address, beginning with https://, if it shall stand in the leaflet too.";

/** What the files beside this page have baked in and these have not, or otherwise, so that nothing goes unseen. */
const changed = (files, given) => {
  const settings = settingsToBake(given);
  const all = new Set(files.flatMap(({ before }) => changesOf(before, settings)));
  return all.size ? ` Look first: other settings are baked into what lies beside this page: ${[...all].join("; ")}.` : "";
};

const showFiles = (files, given) => {
  byId("baked-files").replaceChildren(...files.map(downloadLink));
  const ready = `${files.length === 1 ? "The file is" : `${files.length} files are`} ready to be saved below.`;
  byId("baked-said").textContent = ready + changed(files, given) + notBaked(given);
};

/** Makes the files of these choices, and tells whether they are there. */
export const makeFiles = async (given, manifest) => {
  forgetFiles();
  const own = turn;
  try {
    const files = await bakedFiles(given, manifest);
    if (own !== turn) return false;
    showFiles(files, given);
    return true;
  } catch (error) {
    if (own === turn) byId("baked-said").textContent = `No file was made. ${error.message}`;
    return false;
  }
};
