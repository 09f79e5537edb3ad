import type { ParsCheckAttributes, ParsCheckElement, ParsCheckHandlers } from "pars-check";
import type { HTMLAttributes } from "svelte/elements";

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "pars-check": ParsCheckAttributes & ParsCheckHandlers & Omit<HTMLAttributes<ParsCheckElement>, "lang">;
  }
}
