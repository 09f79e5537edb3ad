// The picture of a file that is checked, as visitors see it: with its declared size, on a light page and on a dark one.
import { made } from "./builder-page.js";

const GROUNDS = ["light", "dark"];

const figure = (ground, picture, onError) => {
  const shown = made("figure", "");
  const box = made("div", "", { className: `ground ${ground}` });
  const alt = `The picture in the file on a ${ground} page, to be looked at`;
  const image = Object.assign(document.createElement("img"), { ...picture, alt });
  image.addEventListener("error", onError);
  box.append(image);
  shown.append(made("figcaption", `On a ${ground} page`), box);
  return shown;
};

/** Shows it, or says in words that it can't be shown. */
export const showPicture = (place, picture) => {
  const tell = () => place.replaceChildren(made("p", "The picture in the file can’t be shown: it is broken."));
  place.replaceChildren(...GROUNDS.map((ground) => figure(ground, picture, tell)));
};
