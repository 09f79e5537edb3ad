// Whether a file is a published document with nothing changed in it but settings, and which settings these are.
import { decoded, encoded, unbake } from "./builder-bake.js";
import { canHash, publishedAs, sha384 } from "./builder-published.js";
import { mistakes } from "./builder-settings.js";

const settingsIn = (bytes) => {
  try {
    return unbake(decoded(bytes));
  } catch {
    return undefined;
  }
};

const verdict = async ({ document, settings, logo }, manifest) => {
  if (!canHash()) return ["unknown", "This browser hashes nothing on a page that came by plain http. Open this page by https, or compare the file’s hash by hand (see below)."];
  if (!manifest) return ["unknown", "There is no manifest to compare with. Choose the manifest.json that was published with the version."];
  const name = publishedAs(manifest, await sha384(encoded(document)));
  if (!name) return ["no", "This is not a file of this manifest. Something other than settings was changed in it, or it is of another version."];
  if (mistakes(settings).length) return ["no", `Apart from its settings this is ${name} of version ${manifest.version}, but these settings are not sound.`];
  const how = Object.keys(settings).length || logo ? "with nothing changed but the settings below" : "unchanged, and without settings";
  return ["yes", `This is ${name} of version ${manifest.version}, ${how}.`];
};

/** What is to be said of a file: [yes, no or unknown; in words], and its settings. */
export const look = async (bytes, manifest) => {
  const found = settingsIn(bytes);
  if (!found) return { said: ["no", "This is no document of pars-check, or something other than settings was changed in it."], settings: {} };
  const { settings, logo } = found;
  return { said: await verdict(found, manifest), settings: logo ? { ...settings, logo } : settings, wrong: mistakes(settings) };
};
