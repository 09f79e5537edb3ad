// The address of the contact page: a path, or a whole address of the web.
import { parsed } from "./builder-settings.js";

export const isPath = (address) => /^\/(?![/\\])/.test(address);
export const isWhole = (address) => /^https?:\/\//i.test(address) && parsed(address) !== undefined;

/** What may be led to, or nothing: the check shows no link to anything else. */
export const soundContact = (typed) => (isPath(typed) || isWhole(typed) ? typed : "");
