// Whether a file is a published document with nothing changed in it but settings, and which settings these are.
import { decoded, encoded, unbake } from "./builder-bake.js";
import { addressOf, mistakesOfLogo } from "./builder-logo.js";
import { canHash, publishedAs, sha384 } from "./builder-published.js";
import { mistakes } from "./builder-settings.js";

const settingsIn = (bytes) => {
  try {
    return unbake(decoded(bytes));
  } catch {
    return undefined;
  }
};

const mistakesIn = ({ settings, logo }) => [...mistakes(settings), ...mistakesOfLogo(logo, settings)];

const verdict = async ({ document, settings, logo }, manifest, wrong) => {
  if (!canHash()) return ["unknown", "This browser hashes nothing on a page that came by plain http. Open this page by https, or compare the file’s hash by hand (see below)."];
  if (!manifest) return ["unknown", "There is no manifest to compare with. Choose the manifest.json that was published with the version."];
  const name = publishedAs(manifest, await sha384(encoded(document)));
  if (!name) return ["no", "This is not a file of this manifest. Something other than settings was changed in it, or it is of another version."];
  if (wrong.length) return ["no", `Apart from its settings this is ${name} of version ${manifest.version}, but these settings are not sound.`];
  if (logo) return ["look", `Apart from the settings and the picture below this is ${name} of version ${manifest.version}. A picture can show anything, words and telephone numbers too, and an SVG can move: look whether it is the clinic’s logo and nothing else.`];
  const how = Object.keys(settings).length ? "with nothing changed but the settings below" : "unchanged, and without settings";
  return ["yes", `This is ${name} of version ${manifest.version}, ${how}.`];
};

/** What is to be said of a file: [yes, no, look or unknown; in words], its settings, and the address of its picture. */
export const look = async (bytes, manifest) => {
  const found = settingsIn(bytes);
  if (!found) return { said: ["no", "This is no document of pars-check, or something other than settings was changed in it."], settings: {}, wrong: [] };
  const wrong = mistakesIn(found);
  const picture = found.logo && addressOf(found.logo);
  return { said: await verdict(found, manifest, wrong), settings: found.settings, picture, wrong };
};
