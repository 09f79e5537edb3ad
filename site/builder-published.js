// What was published, as the manifest beside this page tells it, and the hash that it is compared by.

/** The manifest, or nothing where it can't be read. */
export const readManifest = async () => {
  try {
    const answer = await fetch("manifest.json");
    const manifest = answer.ok ? await answer.json() : undefined;
    return manifest?.files ? manifest : undefined;
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
