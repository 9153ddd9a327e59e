import type * as Vega from "vega";
import type { ChartOptions } from "../chart/live-chart.js";
import { PaneView, type UpdateCounts } from "../chart/pane-view.js";
import { describeTask, type TooltipContent } from "../chart/tooltip.js";
import type { Datasets } from "../datasets/row.js";
import type { RunStore } from "../store/run-store.js";
import { type Formats, formatsFor } from "../text/formats.js";
import { trans } from "../text/translation.js";
import type { Theme } from "../theme/theme.js";
import { compareRuns } from "./comparison.js";
import { type ComparisonPlan, planComparison } from "./comparison-plan.js";
import { comparisonRows, RUN_NAMES } from "./comparison-rows.js";
import { compiledComparison } from "./comparison-spec.js";
import { pairCells, pairColumns } from "./comparison-text.js";

/** The picture of two runs side by side. Without a container it draws nothing but can be exported. */
export class ComparisonChart {
  readonly #container: HTMLElement | undefined;
  readonly #runs: readonly [a: RunStore, b: RunStore];
  readonly #options: ChartOptions;
  readonly #formats: Formats;
  #plan: ComparisonPlan;
  #theme: Theme;
  #pane: PaneView;

  constructor(
    container: HTMLElement | undefined,
    runs: readonly [a: RunStore, b: RunStore],
    width: number,
    options: ChartOptions,
  ) {
    this.#container = container;
    this.#runs = runs;
    this.#options = options;
    this.#formats = formatsFor(options.locale);
    this.#plan = planComparison(...runs, width);
    this.#theme = options.theme;
    this.#pane = this.#draw();
  }

  /** Draws what changed in the runs since the last update. */
  update(): UpdateCounts {
    return this.#pane.update(this.#rows());
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#redraw();
  }

  /** Plans again: for another width, or since the runs are known in more or less detail. */
  resize(width: number): void {
    this.#plan = planComparison(...this.#runs, width);
    this.#redraw();
  }

  /** Resolves once what was handed over last is on the screen. */
  async ready(): Promise<void> {
    await this.#pane.view.runAsync();
  }

  toSVG(): Promise<string> {
    return this.#pane.view.toSVG();
  }

  /** Lets go of the view and what it drew. */
  finalize(): void {
    this.#pane.view.finalize();
    this.#container?.replaceChildren();
  }

  #redraw(): void {
    this.finalize();
    this.#pane = this.#draw();
  }

  #draw(): PaneView {
    const { vega, vegaLite, tooltip } = this.#options;
    const [a, b] = this.#runs;
    const description = trans.__("Comparison of %1 and %2", a.title, b.title);
    const spec = compiledComparison(vegaLite.compile, this.#plan, this.#theme, description);
    const pane = new PaneView(vega, spec, {
      renderer: this.#container ? "canvas" : "none",
      ...(this.#container && { container: this.#container, hover: false }),
    });
    if (tooltip) {
      pane.view.tooltip((_handler, event, item, value) => tooltip(event, value ? this.#describe(item) : undefined));
    }
    pane.update(this.#rows());
    return pane;
  }

  #rows(): Datasets {
    return comparisonRows(compareRuns(...this.#runs), this.#plan, this.#theme, this.#formats);
  }

  #describe(item: Vega.Item): TooltipContent | undefined {
    const row: unknown = item.datum;
    if (typeof row !== "object" || row === null) return undefined;
    if ("pair" in row && typeof row.pair === "number") return this.#describePair(row.pair);
    if (!("task" in row && typeof row.task === "number" && "run" in row && typeof row.run === "number"))
      return undefined;
    const { title, lines } = describeTask(row.task, this.#runs[row.run === 0 ? 0 : 1], this.#formats);
    return { title: `${RUN_NAMES[row.run]}  ${title}`, lines };
  }

  #describePair(row: number): TooltipContent | undefined {
    const pair = compareRuns(...this.#runs).functions[this.#plan.differences.shown[row] ?? -1];
    if (!pair) return undefined;
    const cells = pairCells(pair, this.#formats);
    return { title: pair.name, lines: pairColumns().map((column, place) => [column, cells[place]!] as const) };
  }
}
