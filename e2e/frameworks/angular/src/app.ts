import { Component, CUSTOM_ELEMENTS_SCHEMA, ElementRef, effect, signal, viewChildren } from "@angular/core";
import type { ParsCheckElement } from "pars-check";

const SETTINGS = [
  { clinic: "Clinic One", tel: "+1 555 010 0101", height: "600px" },
  { clinic: "Clinic Two", tel: null, height: "600px" },
  { clinic: "Clinic Three", tel: "+1 555 010 0103", height: "500px" },
];

@Component({
  selector: "app-root",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <button id="show" (click)="isShown.set(!isShown())">Show or not</button>
    <button id="hide" (click)="isHidden.set(!isHidden())">Hide or not</button>
    <button id="step" (click)="step.set(step() + 1)">Other settings</button>
    <button id="count" (click)="count.set(count() + 1)">Count</button>
    <button id="swap" (click)="order.set(order().toReversed())">Swap</button>
    @if (isShown()) {
      <ul>
        @for (id of order(); track id) {
          <li>
            <pars-check
              #check
              [id]="id"
              contact="/contact.html"
              [clinic]="settingsOf(id).clinic"
              [attr.tel]="settingsOf(id).tel"
              [emergency]="112"
              [height]="settingsOf(id).height"
              [hidden]="isHidden()"
              (ready)="hear(id + ' ready')"
              (started)="hear(id + ' started')"
            >
              <p class="fallback"><a href="/contact.html">Contact us</a> {{ count() }}</p>
            </pars-check>
          </li>
        }
      </ul>
    }
    <ol id="heard">
      @for (what of heard(); track $index) {
        <li>{{ what }}</li>
      }
    </ol>
  `,
})
export class App {
  readonly order = signal(["one", "two"]);
  readonly isShown = signal(true);
  readonly isHidden = signal(false);
  readonly step = signal(0);
  readonly count = signal(0);
  readonly heard = signal<string[]>([]);

  private readonly checks = viewChildren<string, ElementRef<ParsCheckElement>>("check", { read: ElementRef });

  constructor() {
    effect((onCleanup) => {
      for (const { nativeElement: element } of this.checks()) {
        const listener = () => this.hear(`${element.id} ready, by hand`);
        element.addEventListener("ready", listener);
        onCleanup(() => element.removeEventListener("ready", listener));
      }
    });
  }

  settingsOf(id: string) {
    return SETTINGS[id === "one" ? this.step() % SETTINGS.length : 0]!;
  }

  hear(what: string) {
    this.heard.update((before) => [...before, what]);
  }
}
