import type { EndMessage, RunBundle } from "dagbook/dashboard-messages";
import { summary, table } from "../view/index.js";
import { actionStrings } from "./action-strings.js";
import { Announcer } from "./announcer.js";
import type { CellPlace } from "./cell-place.js";
import { ChartHost } from "./chart-host.js";
import { element } from "./element.js";
import { ErrorList } from "./error-list.js";
import { ExportMenu } from "./export-menu.js";
import { RunHeader } from "./header.js";
import { LiveRun, type RunLine } from "./live-run.js";
import { Notice } from "./notice.js";
import { ProgressTable } from "./progress-table.js";
import { shortTask } from "./short-labels.js";
import type { Standing } from "./strings.js";
import { TaskDrawer } from "./task-drawer.js";

/** What the kernel and the page do for a card. */
export interface RunCardLinks {
  /** the line to the kernel; without one the output is shown as it was saved */
  readonly line?: RunLine | undefined;
  /** shows a place of a cell */
  goTo(place: CellPlace): void;
}

export interface RunCardEvents {
  /** something has changed: `draw` should be called soon */
  changed(): void;
  /** the kernel sent the final state */
  ended(message: EndMessage): void;
  /** the run `by` takes its place */
  repeated(by: string): void;
}

const TABLE_MS = 1000;

/** One run on the page: a header, the picture, failures, and the same in words for screen readers. */
export class RunCard {
  readonly run: LiveRun;
  readonly #header: RunHeader;
  readonly #chart: ChartHost;
  readonly #errors: ErrorList;
  readonly #drawer: TaskDrawer;
  readonly #notice = new Notice();
  readonly #line: RunLine | undefined;
  readonly #events: RunCardEvents;
  readonly #table = new ProgressTable();
  readonly #status = element("div", "dagbook-spoken");
  readonly #announcer = new Announcer();
  readonly #isRepeated: boolean;
  /** how the run stood when the notice was written */
  #noticed: Standing | undefined;
  #tableAt = Number.NEGATIVE_INFINITY;

  constructor(bundle: RunBundle, { line, goTo }: RunCardLinks, events: RunCardEvents) {
    this.#line = line;
    this.#events = events;
    this.run = new LiveRun(bundle, line, events);
    const { run } = bundle;
    this.#chart = new ChartHost(
      this.run.store,
      () => events.changed(),
      (task) => this.#drawer.open(task),
    );
    this.#header = new RunHeader({
      cancel: () => this.run.cancel(),
      pause: () => line?.pause(run),
      resume: () => line?.resume(run),
      retry: () => this.#repeat("retry"),
      rest: () => this.#repeat("retry"),
      rerun: () => this.#repeat("rerun"),
      toggle: () => {
        this.#chart.toggle();
        events.changed();
      },
    });
    this.#errors = new ErrorList({ goTo, details: (task) => this.#drawer.open(task) });
    this.#drawer = new TaskDrawer(this.run.store, {
      ask: (task, hear) => {
        if (!line) hear(undefined);
        else
          line.ask({ kind: "inspect", run, task }, (answer) =>
            hear(answer?.kind === "task" ? shortTask(answer) : undefined),
          );
      },
      goTo,
      retry: () => this.#repeat("retry"),
    });
    this.#status.setAttribute("role", "status");
    this.#header.add(this.#table.button);
    this.#header.add(new ExportMenu(this.run.store).node);
    this.#isRepeated = bundle.repeats !== undefined;
  }

  #repeat(kind: "retry" | "rerun"): void {
    this.#notice.say("");
    this.#line?.ask({ kind, run: this.run.store.run }, (answer) => {
      this.#header.buttons.release();
      if (answer?.kind === "repeated") this.#events.repeated(answer.by);
      else this.#notice.say(answer?.kind === "refused" ? answer.reason : actionStrings.forgotten());
    });
  }

  /** The parts of the card, from top to bottom. */
  get nodes(): readonly HTMLElement[] {
    return [
      this.#header.node,
      this.#notice.node,
      this.#chart.node,
      this.#errors.node,
      this.#drawer.node,
      this.#table.node,
      this.#status,
    ];
  }

  /** Draws what has changed. @returns the facts, and what is drawn */
  draw(): Readonly<Record<string, string>> {
    this.run.tick();
    this.drawText();
    this.#chart.draw();
    this.#header.setFold(this.#chart.fold);
    const drawn = { ...this.facts, level: this.#chart.level };
    return this.#chart.isReady ? { ...drawn, ready: "true" } : drawn;
  }

  /** How the run stands, as attributes that tests and others may read. */
  get facts(): Readonly<Record<string, string>> {
    const { store, standing } = this.run;
    return { run: store.run, seq: String(store.seq), state: standing };
  }

  /** Draws all but the picture, which takes longer. */
  drawText(): void {
    const { store, standing, isLive } = this.run;
    const canAsk = this.#line !== undefined;
    this.#header.update(summary(store, undefined, this.run.past), { standing, isLive, canAsk });
    this.#drawer.update(canAsk && !isLive);
    this.#notify(standing);
    this.#errors.update(store.errors);
    const now = performance.now();
    const sentence = this.#announcer.next({ title: store.title, standing, n: store.n, ...store.forms() }, now);
    if (sentence) this.#status.textContent = sentence;
    if (isLive && now - this.#tableAt < TABLE_MS) return;
    this.#tableAt = now;
    this.#table.update(store.title, table(store));
  }

  /** A run that repeats another says where its value is, or why it may have failed again. */
  #notify(standing: Standing): void {
    if (!this.#isRepeated || !this.#line || standing === this.#noticed) return;
    this.#noticed = standing;
    if (standing === "erred") this.#notice.say(actionStrings.sameCode());
    else if (standing === "cancelled") this.#notice.say("");
    else this.#notice.tellValue(this.run.store.run);
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
