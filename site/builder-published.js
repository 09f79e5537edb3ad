// What was published, as the manifest beside this page tells it, and the hash that it is compared by.

const isObject = (given) => typeof given === "object" && given !== null && !Array.isArray(given);

const isManifest = (given) =>
  isObject(given) && typeof given.version === "string" && isObject(given.files) && Object.values(given.files).every(isObject);

/** A manifest from its text, or nothing where it is none. */
export const manifestIn = (text) => {
  try {
    const given = JSON.parse(text);
    return isManifest(given) ? given : undefined;
  } catch {
    return undefined;
  }
};

/** The manifest beside this page, or nothing where it can't be read. */
export const readManifest = async () => {
  try {
    const answer = await fetch("manifest.json");
    return answer.ok ? manifestIn(await answer.text()) : undefined;
  } catch {
    return undefined;
  }
};

/** The loader that a snippet may name with its hash: the one whose file never changes. Without it, the plain one. */
export const loaderOf = (manifest) => {
  const name = `pars-check-${manifest?.version}.js`;
  const integrity = manifest?.files[name]?.integrity;
  return integrity ? { name, integrity } : { name: "pars-check.js" };
};

/** Browsers hash only on pages that came by https or from the same machine. */
export const canHash = () => Boolean(self.crypto?.subtle);

export const sha384 = async (bytes) => {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** The name under which a document was published that has this hash without settings. The package's copies don't count. */
export const publishedAs = (manifest, hash) =>
  Object.keys(manifest.files).find((name) => !name.includes("/") && manifest.files[name].sha384_without_settings === hash);
