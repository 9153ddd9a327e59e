import type { EndMessage, RunBundle } from "dagbook/dashboard-messages";
import { summary, table } from "../view/index.js";
import { Announcer } from "./announcer.js";
import { ChartHost } from "./chart-host.js";
import { element } from "./element.js";
import { ErrorList } from "./error-list.js";
import { ExportMenu } from "./export-menu.js";
import { RunHeader } from "./header.js";
import { LiveRun, type RunLine } from "./live-run.js";
import { ProgressTable } from "./progress-table.js";

export interface RunCardEvents {
  /** something has changed: `draw` should be called soon */
  changed(): void;
  /** the kernel sent the final state */
  ended(message: EndMessage): void;
}

const TABLE_MS = 1000;

/** One run on the page: a header, the picture, failures, and the same in words for screen readers. */
export class RunCard {
  readonly run: LiveRun;
  readonly #header: RunHeader;
  readonly #chart: ChartHost;
  readonly #errors = new ErrorList();
  readonly #table = new ProgressTable();
  readonly #status = element("div", "dagbook-spoken");
  readonly #announcer = new Announcer();
  #tableAt = Number.NEGATIVE_INFINITY;

  constructor(bundle: RunBundle, line: RunLine | undefined, events: RunCardEvents) {
    this.run = new LiveRun(bundle, line, events);
    this.#chart = new ChartHost(this.run.store, () => events.changed());
    this.#header = new RunHeader({
      cancel: () => this.run.cancel(),
      toggle: () => {
        this.#chart.toggle();
        events.changed();
      },
    });
    this.#status.setAttribute("role", "status");
    this.#header.add(new ExportMenu(this.run.store).node);
  }

  /** The parts of the card, from top to bottom. */
  get nodes(): readonly HTMLElement[] {
    return [this.#header.node, this.#chart.node, this.#errors.node, this.#table.node, this.#status];
  }

  /** Draws what has changed. @returns how it stands, as attributes that tests and others may read */
  draw(): Readonly<Record<string, string>> {
    this.run.tick();
    this.drawText();
    this.#chart.draw();
    this.#header.setFold(this.#chart.fold);
    const { store, standing } = this.run;
    const facts = { run: store.run, seq: String(store.seq), state: standing, level: this.#chart.level };
    return this.#chart.isReady ? { ...facts, ready: "true" } : facts;
  }

  /** Draws all but the picture, which takes longer. */
  drawText(): void {
    const { store, standing, isLive } = this.run;
    this.#header.update(summary(store, undefined, this.run.past), { standing, canCancel: isLive });
    this.#errors.update(store.errors);
    const now = performance.now();
    const sentence = this.#announcer.next({ title: store.title, standing, n: store.n, ...store.forms() }, now);
    if (sentence) this.#status.textContent = sentence;
    if (isLive && now - this.#tableAt < TABLE_MS) return;
    this.#tableAt = now;
    this.#table.update(store.title, table(store));
  }

  /** The page's colours have changed. */
  retheme(): void {
    this.#chart.retheme();
  }

  /** How the run stands, in one line. */
  get text(): string {
    this.drawText();
    return this.#header.text;
  }

  dispose(): void {
    this.run.dispose();
    this.#chart.dispose();
  }
}
