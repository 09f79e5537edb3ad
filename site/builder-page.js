// What the scripts of this page share: its elements by their ids, new ones, and text that stands in one.

export const byId = (id) => document.getElementById(id);

export const made = (tag, content, properties = {}) => Object.assign(document.createElement(tag), properties, { textContent: content });

export const escaped = (text) => text.replace(/[&<>"']/g, (each) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[each]);
