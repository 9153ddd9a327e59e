import type * as Vega from "vega";
import type * as VegaLite from "vega-lite";
import { datasetsOf } from "../datasets/datasets.js";
import { type Datasets, RowMemo } from "../datasets/row.js";
import type { Lens } from "../lens.js";
import type { Box, NodesPlan, OverviewPlan } from "../plan/plan.js";
import { type PlanOptions, planView } from "../plan/plan-view.js";
import { paneSpecs } from "../specs/pane-specs.js";
import { compiledView } from "../specs/view-spec.js";
import type { RunStore } from "../store/run-store.js";
import { type Formats, formatsFor } from "../text/formats.js";
import { trans } from "../text/translation.js";
import type { Theme } from "../theme/theme.js";
import { Gestures } from "./gestures.js";
import { PaneView, type UpdateCounts } from "./pane-view.js";
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

/** Above, canvases draw faster; below, SVG is crisper. */
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
  #panes: readonly PaneView[];
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
    this.#panes = this.#draw();
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

  /** Draws what changed in `store` since the last update: one changeset per dataset, one run of Vega per pane. */
  update(store: RunStore = this.#store): UpdateCounts {
    this.#store = store;
    const data = this.#data();
    return sumOf(this.#panes.map((pane) => pane.update(data)));
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
    await Promise.all(this.#panes.map(({ view }) => view.runAsync()));
  }

  /** The picture of a chart without a container. */
  toSVG(): Promise<string> {
    return this.#panes[0]!.view.toSVG();
  }

  /** Lets go of the view and what it drew. */
  finalize(): void {
    this.#gestures?.dispose();
    this.#clear();
  }

  #clear(): void {
    for (const { view } of this.#panes) view.finalize();
    this.#container?.replaceChildren();
  }

  #redraw(): void {
    this.#clear();
    this.#panes = this.#draw();
  }

  #data(): Datasets {
    return datasetsOf(this.#store, this.#plan, this.#theme, this.#formats, this.#memo, this.#lens);
  }

  #draw(): PaneView[] {
    const { vega, vegaLite } = this.#options;
    this.#memo = new RowMemo();
    const [container, plan, theme] = [this.#container, this.#plan, this.#theme];
    const data = this.#data();
    const description = trans.__("Task graph of %1", this.#store.title);
    const marks = Object.values(data).reduce((sum, rows) => sum + rows.length, 0);
    const panes =
      container && plan.level !== "nodes" && marks > MOST_SVG_MARKS
        ? paneSpecs(plan, theme, description).map(({ box, spec }, k) => {
            const place = { container: placeOf(container, box, k > 0), hover: false };
            return new PaneView(vega, vegaLite.compile(spec).spec, { renderer: "canvas", ...place });
          })
        : [
            new PaneView(vega, compiledView(vegaLite.compile, plan, theme, description), {
              renderer: container === undefined ? "none" : marks > MOST_SVG_MARKS ? "canvas" : "svg",
              ...(container && { container, hover: false }),
            }),
          ];
    if (container) Object.assign(container.style, sizeOf(plan), { background: theme.ground });
    for (const pane of panes) {
      this.#listen(pane.view);
      pane.update(data);
    }
    return panes;
  }

  #listen(view: Vega.View): void {
    const { tooltip, pick } = this.#options;
    if (tooltip) {
      view.tooltip((_handler, event, item, value) => tooltip(event, value ? this.#describe(item) : undefined));
    }
    if (pick) {
      view.addEventListener("click", (_event, item) => {
        const task = taskOf(item);
        if (task !== undefined) pick(task);
      });
    }
  }

  #describe(item: Vega.Item): TooltipContent | undefined {
    const row: unknown = item.datum;
    if (typeof row !== "object" || row === null) return undefined;
    return this.describe({ ...row });
  }
}

/** An element for a pane, on top of those before. */
function placeOf(container: HTMLElement, { x, y, width, height }: Box, isHidden: boolean): HTMLElement {
  const place = document.createElement("div");
  place.style.cssText = `position:absolute;left:${x}px;top:${y}px;width:${width}px;height:${height}px`;
  // Vega describes the picture to screen readers once for each of its views.
  if (isHidden) place.setAttribute("aria-hidden", "true");
  container.append(place);
  return place;
}

function sizeOf({ width, height }: { readonly width: number; readonly height: number }) {
  return { position: "relative", width: `${width}px`, height: `${height}px` };
}

function sumOf(counts: readonly UpdateCounts[]): UpdateCounts {
  const sum = (name: keyof UpdateCounts) => counts.reduce((all, { [name]: n }) => all + n, 0);
  return { inserted: sum("inserted"), removed: sum("removed"), modified: sum("modified") };
}

/** The task that a mark stands for; undefined if it stands for none, or for many. */
function taskOf(item: Vega.Item | null | undefined): number | undefined {
  const row: unknown = item?.datum;
  return typeof row === "object" && row !== null && "task" in row && typeof row.task === "number"
    ? row.task
    : undefined;
}
