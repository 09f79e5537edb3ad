// Files that are made: each a link to save it.
import { byId, made } from "./builder-page.js";
import { bakedFiles, settingsToBake } from "./builder-files.js";

/** A file is of the choices that it was made with: once they change it is gone. */
export const forgetFiles = () => {
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

/** Makes the files of these choices. */
export const makeFiles = async (given, manifest) => {
  forgetFiles();
  try {
    const files = await bakedFiles(given, manifest);
    byId("baked-files").replaceChildren(...files.map(downloadLink));
    byId("baked-said").textContent = `${files.length === 1 ? "The file is" : `${files.length} files are`} ready to be saved below.${notBaked(given)}`;
  } catch (error) {
    byId("baked-said").textContent = `No file was made. ${error.message}`;
  }
};
