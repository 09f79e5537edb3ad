// A clinic's logo in a document. The command alone bakes one anew; this page finds it, keeps it and shows it to whoever has
// to look. As in xtask/src/bake.rs and xtask/src/logo.rs.
import { escaped } from "./builder-page.js";
import { bakedSize } from "./builder-picture.js";

// The hash stands in the document's policy, so that no other style can be there. It limits the room of any picture.
const LOGO_STYLE =
  ".logo{max-width:calc(var(--measure) + 2*var(--space-4));padding:var(--space-4) var(--space-4) 0;margin:0 auto}" +
  ".logo img{display:block;max-width:min(100%,15rem);max-height:3.5rem;height:auto;object-fit:contain}" +
  "[data-deep=yes] .logo{display:none}" +
  "@media (prefers-color-scheme:dark){.logo img{max-height:calc(3.5rem + 2*var(--space-2));padding:var(--space-2);border-radius:var(--radius);background:#fff}}" +
  "@media print{.logo{display:none}}";
const LOGO_STYLE_HASH = "sha256-2XFR+DLPpxuKQjEZGp/b+RHTRipECu0L0ei6HSgeB68=";

const LARGEST = 24_576;

const PICTURE = /<img alt="([^"<>]*)" src="(data:(image\/(?:png|svg\+xml));base64,([A-Za-z0-9+/]+={0,2}))" width="(\d+)" height="(\d+)">/;
const LOGO = new RegExp(`<p class="logo">(${PICTURE.source})</p>\n`);

/** The markup of the logo in a document, if it has one. */
export const pictureIn = (text) => LOGO.exec(text)?.[1];

/** What a document says of its picture. */
export const shownOf = (picture) => {
  const [, , src, , , width, height] = PICTURE.exec(picture);
  return { src, width, height };
};

/** The texts that a logo changes, each as [before, after]. */
export const placesOfLogo = (picture) => {
  const policy = "; base-uri 'none'; form-action 'none'; require-trusted-types-for";
  const main = '<main><div id="app" hidden>';
  return [
    [policy, ` '${LOGO_STYLE_HASH}'; img-src data:${policy}`],
    ["</style></head>", `</style><style>${LOGO_STYLE}</style></head>`],
    [main, `<p class="logo">${picture}</p>\n${main}`],
  ];
};

/** The same picture, read out as this clinic's. */
export const named = (picture, clinic) => picture.replace(PICTURE, (whole, alt) => whole.replace(`alt="${alt}"`, () => `alt="${escaped(clinic)}"`));

/** The bytes, or none where they are not written as baking writes them. */
const bytesIn = (base64) => {
  try {
    return Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
};

/** What is wrong with the picture itself, which stands there with this size. */
const mistakeIn = (kind, bytes, given) => {
  try {
    const size = bakedSize(kind, bytes).join(" wide and ");
    return size === given ? "" : `It stands there ${given} high, and is baked ${size} high.`;
  } catch (error) {
    return error.message;
  }
};

/** What baking would not have written, as [key, what is wrong]. What the picture shows, nobody but a person can tell. */
export const mistakesOfLogo = (picture, { clinic }) => {
  if (!picture) return [];
  const [, alt, , kind, base64, width, height] = PICTURE.exec(picture);
  const bytes = bytesIn(base64);
  const mistake = mistakeIn(kind, bytes, `${width} wide and ${height}`);
  return [
    bytes.length > LARGEST && `The picture has ${bytes.length} bytes, and ${LARGEST} is the most that is baked.`,
    (typeof clinic !== "string" || alt !== escaped(clinic)) && `The picture is read out as “${alt}”, which is not the name of the clinic.`,
    mistake && `The command would not bake this picture. ${mistake}`,
  ].filter(Boolean).map((words) => ["logo", words]);
};
