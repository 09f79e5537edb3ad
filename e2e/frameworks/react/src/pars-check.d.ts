import type { ParsCheckAttributes, ParsCheckElement, ParsCheckHandlers } from "pars-check";
import type { HTMLAttributes, Ref } from "react";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "pars-check": ParsCheckAttributes &
        ParsCheckHandlers &
        Omit<HTMLAttributes<ParsCheckElement>, "lang"> & { ref?: Ref<ParsCheckElement> };
    }
  }
}
