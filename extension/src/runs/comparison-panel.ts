import { Widget } from "@lumino/widgets";
import type { CommClient } from "../renderer/comm-client.js";
import { element } from "../renderer/element.js";
import { Pacer } from "../renderer/pacer.js";
import { onThemeChange } from "../renderer/page-theme.js";
import { onVisibility } from "../renderer/visibility.js";
import { drawingWaitMs } from "../settings/preferences.js";
import { trans } from "../view/index.js";
import { bundleOf } from "./bundle-of.js";
import { ComparisonCard } from "./comparison-card.js";
import { runsIcon } from "./icon.js";
import type { KernelLines } from "./kernel-lines.js";
import { panelId, type RunPlace } from "./run-panel.js";

/** Two runs, in any order and of any kernels. */
export type RunPair = readonly [RunPlace, RunPlace];

/** A comparison of two runs in the main area, live as long as one of them goes on. */
export class ComparisonPanel extends Widget {
  readonly pair: RunPair;
  readonly #lines: KernelLines;
  readonly #calm = matchMedia("(prefers-reduced-motion: reduce)");
  readonly #pacer = new Pacer(
    () => this.#draw(),
    () => drawingWaitMs(this.#calm.matches),
  );
  readonly #endings: readonly (() => void)[];
  readonly #message = element("p", "dagbook-empty", trans.__("Waiting for the kernel…"));
  #clients: readonly CommClient[] = [];
  #card: ComparisonCard | undefined;

  constructor(pair: RunPair, lines: KernelLines) {
    super();
    this.pair = pair;
    this.#lines = lines;
    this.id = comparisonId(pair);
    this.addClass("dagbook-panel");
    this.addClass("dagbook-comparison");
    this.title.icon = runsIcon;
    this.title.label = trans.__("Comparison");
    this.title.closable = true;
    this.node.tabIndex = -1;
    this.node.append(this.#message);
    const resize = new ResizeObserver(() => this.#pacer.request());
    resize.observe(this.node);
    this.#endings = [
      () => resize.disconnect(),
      onVisibility(this.node, (isVisible) => {
        this.#pacer.isVisible = isVisible;
      }),
      onThemeChange(() => this.#card?.retheme()),
      lines.includeClosed(),
    ];
    lines.changed.connect(this.#open);
    this.#open();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#lines.changed.disconnect(this.#open);
    for (const end of this.#endings) end();
    this.#card?.dispose();
    this.#pacer.dispose();
    super.dispose();
  }

  protected override onActivateRequest(): void {
    this.node.focus();
  }

  /** Lines may come later, as notebooks do after a reload, and be others once a notebook is opened. */
  readonly #open = (): void => {
    const clients = this.pair.flatMap(({ kernel }) => this.#lines.find(kernel)?.client ?? []);
    if (clients.length < 2 || clients.every((client, place) => client === this.#clients[place])) return;
    this.#clients = clients;
    const asked = this.pair.map(({ run }, place) => bundleOf(clients[place]!, run));
    void Promise.all(asked).then(([first, second]) => {
      if (this.isDisposed || clients !== this.#clients) return;
      if (first && second) {
        this.#card?.dispose();
        this.#card = new ComparisonCard(
          [
            { bundle: first, line: clients[0]! },
            { bundle: second, line: clients[1]! },
          ],
          () => this.#pacer.request(),
        );
        this.title.label = this.#card.title;
        this.node.replaceChildren(...this.#card.nodes);
        this.#pacer.request();
      } else {
        // What is shown already stays.
        this.#message.textContent = trans.__("The kernel does not know both of these runs any more.");
      }
    });
  };

  #draw(): void {
    if (!this.#card) return;
    Object.assign(this.node.dataset, this.#card.draw());
    // The clock goes on although nothing else may change.
    if (this.#card.isLive) this.#pacer.request();
  }
}

/** The id of the panel that compares two runs, whichever is named first. */
export function comparisonId(pair: RunPair): string {
  return ["dagbook-comparison", ...pair.map(panelId).sort()].join("-");
}
