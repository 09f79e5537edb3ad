// The first screen as markup: shown before the engine is there, and again while a fresh one comes up.

/** Attributes that hold ids. */
export const ID_ATTRIBUTES = ["id", "for", "aria-describedby", "aria-labelledby"];

/** Ids, separated by spaces, as this document has them. */
export const ownIds = (ids) => {
  const { ids: prefix = "" } = document.documentElement.dataset;
  return ids.replace(/\S+/g, (id) => prefix + id);
};

/** Puts a copy of the template in `app` behind it. */
export const showFirstScreen = (app) => {
  const copy = app.querySelector("template").content.cloneNode(true);
  for (const name of ID_ATTRIBUTES) {
    for (const element of copy.querySelectorAll(`[${name}]`)) {
      element.setAttribute(name, ownIds(element.getAttribute(name)));
    }
  }
  app.append(copy);
};
