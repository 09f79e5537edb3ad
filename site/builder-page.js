// What the scripts of this page share: its elements by their ids, and new ones.

export const byId = (id) => document.getElementById(id);

export const made = (tag, content, properties = {}) => Object.assign(document.createElement(tag), properties, { textContent: content });
