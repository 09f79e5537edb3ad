// Whether a file is a published document with nothing changed in it but settings, and which settings these are.
import { Told, decoded, encoded, unbake } from "./builder-bake.js";
import { mistakesOfLogo, shownOf } from "./builder-logo.js";
import { canHash, publishedAs, sha384 } from "./builder-published.js";
import { mistakes } from "./builder-settings.js";

const settingsIn = (bytes) => {
  try {
    return unbake(decoded(bytes));
  } catch (error) {
    return { why: error instanceof Told ? error.message : "This is no document of pars-check, or something other than settings was changed in it." };
  }
};

const mistakesIn = ({ settings, logo }) => [...mistakes(settings), ...mistakesOfLogo(logo, settings)];

/** Which manifest it was, for a comparison proves no more than that one does. */
const comparedWith = (chosen) =>
  chosen
    ? `It was compared with the file “${chosen}” that you chose.`
    : "It was compared with the manifest.json beside this page. Both come from the same server, so this proves less than a manifest.json from where the version was published.";

const whyNotCompared = (manifest, chosen) => {
  if (!canHash()) return "This browser hashes nothing on a page that came by plain http. Open this page by https, or compare the file’s hash by hand (see below).";
  if (!manifest && chosen) return `The file “${chosen}” is no manifest.json of a release. Choose another one.`;
  return manifest ? "" : "There is no manifest to compare with. Choose the manifest.json that was published with the version.";
};

// Where one of these is baked, the file leads people somewhere: only a person can tell whether that is the clinic.
const LEADS = ["contact", "contact_origins", "clinic", "tel", "emergency"];

const READ = "Read them: are contact page, telephone and emergency number the clinic’s own?";
const LOOK = "A picture can show anything, words and telephone numbers too: look whether it is the clinic’s logo and nothing else.";

const compared = (name, { settings, logo }, wrong) => {
  if (!name) return ["no", "This is not a file of this manifest. Something other than settings was changed in it, or it is of another version."];
  if (wrong.length) return ["no", `Apart from its settings this is ${name}, but ${wrong.some(([key]) => key !== "logo") ? "these settings are" : "its picture is"} not sound.`];
  if (logo) return ["look", `Apart from the settings and the picture below this is ${name}. ${LOOK} Read the settings too: are they the clinic’s own?`];
  if (!Object.keys(settings).length) return ["yes", `This is ${name}, unchanged, and without settings.`];
  const same = `This is ${name}, with nothing changed but the settings below.`;
  return LEADS.some((key) => settings[key]) ? ["look", `${same} ${READ}`] : ["yes", same];
};

const verdict = async (found, { manifest, chosen }, wrong) => {
  const why = whyNotCompared(manifest, chosen);
  if (why) return ["unknown", why];
  const name = publishedAs(manifest, await sha384(encoded(found.document)));
  const [answer, words] = compared(name && `${name} of version ${manifest.version}`, found, wrong);
  return [answer, words, ...wrong.map(([, each]) => each), comparedWith(chosen)];
};

/** What is to be said of a file: [yes, no, look or unknown; in words …], its settings, and its picture. */
export const look = async (bytes, given) => {
  const found = settingsIn(bytes);
  if (found.why) return { said: ["no", found.why], settings: {} };
  const picture = found.logo && shownOf(found.logo);
  return { said: await verdict(found, given, mistakesIn(found)), settings: found.settings, picture };
};
