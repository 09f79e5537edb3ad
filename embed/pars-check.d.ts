/**
 * Importing this module registers `<pars-check>`; it exports no value.
 *
 * Every property mirrors the attribute of the same name: a string, or null where
 * the attribute is absent. Setting null removes the attribute. After the visitor
 * has begun (`started`) changes to settings wait for the next page load, so that
 * no answer is lost; `height` always takes effect.
 */
export interface ParsCheckElement extends HTMLElement {
  /** The contact page, resolved against the host page. Same origin as the sealed file, or an origin baked into it. */
  contact: string | null;
  /** The clinic's name, at most 60 plain characters. */
  clinic: string | null;
  /** The clinic's telephone number. Never shown on emergency or urgent outcomes. */
  tel: string | null;
  /** The emergency number, from a closed list of real ones (911, 112, 999, 000 …); otherwise 911. */
  emergency: string | null;
  /** The accent colour, such as `#0b5c6b`. The document adjusts or refuses it for contrast. */
  accent: string | null;
  /** How the document presents itself; handed on as it is. */
  mode: string | null;
  /** Languages to offer on the opening screen, separated by commas, such as `en,es`. The files lie beside each other under their own names. */
  langs: string | null;
  /** A CSS length in px, rem, em, vh or svh. Anything else: `min(100svh - 4rem, 46rem)`. */
  height: string | null;

  addEventListener<K extends keyof ParsCheckElementEventMap>(
    type: K,
    listener: (this: ParsCheckElement, event: ParsCheckElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof ParsCheckElementEventMap>(
    type: K,
    listener: (this: ParsCheckElement, event: ParsCheckElementEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** Neither event bubbles or carries a detail, and there will be no third: a page must learn nothing of the answers. */
export interface ParsCheckElementEventMap extends HTMLElementEventMap {
  /** The self-check is on the screen. */
  ready: CustomEvent<null>;
  /** The visitor has begun. */
  started: CustomEvent<null>;
}

/** The element's attributes, for JSX and template type checkers. An undefined one is absent. */
export interface ParsCheckAttributes {
  contact?: string;
  clinic?: string;
  tel?: string;
  emergency?: string | number;
  accent?: string;
  mode?: string;
  lang?: string;
  langs?: string;
  height?: string;
}

/** Listeners as React and Svelte name them. */
export interface ParsCheckHandlers {
  onready?: (event: CustomEvent<null>) => void;
  onstarted?: (event: CustomEvent<null>) => void;
}

declare global {
  interface HTMLElementTagNameMap {
    "pars-check": ParsCheckElement;
  }
}
