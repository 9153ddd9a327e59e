import type * as Vega from "vega";
import type * as VegaLite from "vega-lite";
import { datasetsOf } from "../datasets/datasets.js";
import { type Datasets, RowMemo } from "../datasets/row.js";
import type { Lens } from "../lens.js";
import type { NodesPlan, OverviewPlan } from "../plan/plan.js";
import { type PlanOptions, planView } from "../plan/plan-view.js";
import { compiledView } from "../specs/view-spec.js";
import type { RunStore } from "../store/run-store.js";
import { type Formats, formatsFor } from "../text/formats.js";
import { trans } from "../text/translation.js";
import type { Theme } from "../theme/theme.js";
import { Gestures } from "./gestures.js";
import { RowKeeper } from "./row-keeper.js";
import { describeRow, type TooltipContent } from "./tooltip.js";

export interface ChartOptions {
  /** the modules, handed in so that a page loads them only when it draws */
  readonly vega: Pick<typeof Vega, "View" | "parse" | "changeset">;
  readonly vegaLite: Pick<typeof VegaLite, "compile">;
  readonly theme: Theme;
  /** a BCP 47 tag for numbers */
  readonly locale?: string;
  /** shows what is under the pointer; `undefined` hides it */
  readonly tooltip?: (event: MouseEvent, content: TooltipContent | undefined) => void;
  /** the reader points, marks or enlarges */
  readonly onLens?: (lens: Lens) => void;
  /** the reader clicked a card of several functions */
  readonly onCard?: (groups: readonly number[]) => void;
  /** hears of the task that was clicked */
  readonly pick?: (task: number) => void;
}

/** Rows touched by one update. */
export interface UpdateCounts {
  readonly inserted: number;
  readonly removed: number;
  readonly modified: number;
}

/** Above, a canvas draws faster; below, SVG is crisper. */
const MOST_SVG_MARKS = 300;

/**
 * The picture of one run. It is compiled once; each update hands Vega only what changed. A new theme or
 * plan compiles again. Without a container it draws nothing but can be exported.
 */
export class LiveChart {
  readonly #container: HTMLElement | undefined;
  readonly #options: ChartOptions;
  readonly #formats: Formats;
  #store: RunStore;
  #plan: NodesPlan | OverviewPlan;
  #theme: Theme;
  #view: Vega.View;
  #keepers = new Map<string, RowKeeper>();
  #memo = new RowMemo();
  #lens: Lens = {};
  readonly #gestures: Gestures | undefined;

  constructor(
    container: HTMLElement | undefined,
    store: RunStore,
    plan: NodesPlan | OverviewPlan,
    options: ChartOptions,
  ) {
    this.#container = container;
    this.#options = options;
    this.#formats = formatsFor(options.locale);
    this.#store = store;
    this.#plan = plan;
    this.#theme = options.theme;
    this.#view = this.#draw();
    this.#gestures = container && new Gestures(container, this, (groups) => options.onCard?.(groups));
  }

  get store(): RunStore {
    return this.#store;
  }

  get lens(): Lens {
    return this.#lens;
  }

  /** Draws what the reader points at, has marked or enlarged. */
  set lens(lens: Lens) {
    this.#lens = lens;
    this.#memo = new RowMemo();
    this.update();
    this.#options.onLens?.(lens);
  }

  get plan(): NodesPlan | OverviewPlan {
    return this.#plan;
  }

  /** Draws what changed in `store` since the last update: one changeset per dataset, one run of Vega. */
  update(store: RunStore = this.#store): UpdateCounts {
    this.#store = store;
    const counts = this.#hand(
      this.#view,
      datasetsOf(store, this.#plan, this.#theme, this.#formats, this.#memo, this.#lens),
    );
    if (counts.inserted + counts.removed + counts.modified > 0) this.#view.run();
    return counts;
  }

  /** What a tooltip says of a row of the picture. */
  describe(row: Readonly<Record<string, unknown>>): TooltipContent | undefined {
    return describeRow(row, this.#store, this.#plan, this.#theme, this.#formats);
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#redraw();
  }

  /** Plans again for another width; `plan.width` and `plan.height` tell the size it has then. */
  resize(width: number, options: PlanOptions = { isOpen: true }): void {
    const plan = planView(this.#store, width, options);
    if (plan.level === "line") return;
    this.#plan = plan;
    this.#lens = {};
    this.#options.onLens?.(this.#lens);
    this.#redraw();
  }

  /** Resolves once what was handed over last is on the screen, at its final size. */
  async ready(): Promise<void> {
    await this.#view.runAsync();
  }

  toSVG(): Promise<string> {
    return this.#view.toSVG();
  }

  /** Lets go of the view and what it drew. */
  finalize(): void {
    this.#gestures?.dispose();
    this.#clear();
  }

  #clear(): void {
    this.#view.finalize();
    this.#container?.replaceChildren();
  }

  #redraw(): void {
    this.#clear();
    this.#view = this.#draw();
  }

  #draw(): Vega.View {
    const { vega, vegaLite, tooltip, pick } = this.#options;
    this.#memo = new RowMemo();
    const data = datasetsOf(this.#store, this.#plan, this.#theme, this.#formats, this.#memo, this.#lens);
    const spec = compiledView(
      vegaLite.compile,
      this.#plan,
      this.#theme,
      trans.__("Task graph of %1", this.#store.title),
    );
    const marks = Object.values(data).reduce((sum, rows) => sum + rows.length, 0);
    const renderer = this.#container === undefined ? "none" : marks > MOST_SVG_MARKS ? "canvas" : "svg";
    const view = new vega.View(vega.parse(spec), {
      renderer,
      ...(this.#container && { container: this.#container, hover: false }),
    });
    if (tooltip) {
      view.tooltip((_handler, event, item, value) => tooltip(event, value ? this.#describe(item) : undefined));
    }
    if (pick) {
      view.addEventListener("click", (_event, item) => {
        const task = taskOf(item);
        if (task !== undefined) pick(task);
      });
    }
    this.#keepers = new Map();
    this.#hand(view, data);
    view.run();
    return view;
  }

  /** Hands Vega the difference between `data` and what it holds. */
  #hand(view: Vega.View, data: Datasets): UpdateCounts {
    const counts = { inserted: 0, removed: 0, modified: 0 };
    for (const [name, rows] of Object.entries(data)) {
      const keeper = this.#keepers.get(name) ?? new RowKeeper();
      this.#keepers.set(name, keeper);
      const { insert, remove, modify } = keeper.update(rows);
      if (insert.length + remove.length + modify.length === 0) continue;
      const changes = this.#options.vega.changeset();
      if (insert.length > 0) changes.insert(insert);
      if (remove.length > 0) changes.remove(remove);
      for (const { row, field, value } of modify) changes.modify(row, field, value);
      view.change(name, changes);
      counts.inserted += insert.length;
      counts.removed += remove.length;
      counts.modified += new Set(modify.map(({ row }) => row)).size;
    }
    return counts;
  }

  #describe(item: Vega.Item): TooltipContent | undefined {
    const row: unknown = item.datum;
    if (typeof row !== "object" || row === null) return undefined;
    return this.describe({ ...row });
  }
}

/** The task that a mark stands for; undefined if it stands for none, or for many. */
function taskOf(item: Vega.Item | null | undefined): number | undefined {
  const row: unknown = item?.datum;
  return typeof row === "object" && row !== null && "task" in row && typeof row.task === "number"
    ? row.task
    : undefined;
}
