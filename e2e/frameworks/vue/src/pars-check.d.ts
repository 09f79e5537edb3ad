import type { ParsCheckAttributes } from "pars-check";
import type { HTMLAttributes } from "vue";

declare module "vue" {
  interface GlobalComponents {
    "pars-check": new () => {
      $props: ParsCheckAttributes &
        HTMLAttributes & {
          onReady?: (event: CustomEvent<null>) => void;
          onStarted?: (event: CustomEvent<null>) => void;
        };
    };
  }
}
