import {
  type ChartOptions,
  LiveChart,
  type Plan,
  type PlanOptions,
  planView,
  type RunStore,
  themeFrom,
} from "../view/index.js";
import { element } from "./element.js";
import { LensTools } from "./lens-tools.js";
import { opensByItself } from "./open-by-itself.js";
import { readVariables } from "./page-theme.js";
import { PictureKeys } from "./picture-keys.js";
import { strings } from "./strings.js";
import { TooltipBox } from "./tooltip-box.js";
import { loadModules, type VegaModules } from "./vega-modules.js";

/** The place of the picture: makes it when there is room, and keeps it at the page's width and theme. */
export class ChartHost {
  readonly node = element("div", "dagbook-chart");
  readonly #store: RunStore;
  readonly #picture = element("div", "dagbook-picture");
  readonly #tools = new LensTools(() => {
    if (this.#chart) this.#chart.lens = {};
  });
  readonly #tooltip = new TooltipBox();
  readonly #keys: PictureKeys;
  readonly #request: () => void;
  readonly #pick: (task: number) => void;
  #modules: VegaModules | undefined;
  #plan: Plan | undefined;
  #planKey = "";
  #chart: LiveChart | undefined;
  /** functions whose cards the reader opened: each has one of its own */
  readonly #opened = new Set<number>();
  /** whether the reader wants the graph of a small run; undefined before he has said so */
  #wanted: boolean | undefined;
  #isThemeStale = false;
  #isBroken = false;

  /**
   * @param request called when `draw` should be called again: what the picture needs has come
   * @param pick called with the task that was clicked
   */
  constructor(store: RunStore, request: () => void, pick: (task: number) => void) {
    this.#store = store;
    this.#request = request;
    this.#pick = pick;
    this.#picture.ariaHidden = "true"; // its places have names of their own
    this.#keys = new PictureKeys({ pick, openCard: this.#openCard, tooltip: this.#tooltip.show });
    loadModules()
      .then((loaded) => {
        this.#modules = loaded;
      }, this.#break)
      .finally(request);
  }

  /** How much detail is shown; empty before the first drawing. */
  get level(): Plan["level"] | "" {
    return this.#plan?.level ?? "";
  }

  /** Whether the reader may open or close the picture: only a run too small to need one has it closed. */
  get fold(): "open" | "closed" | "none" {
    if (this.#isOpen) return "open";
    return this.#plan?.level === "line" && this.#store.n > 0 ? "closed" : "none";
  }

  /** True once everything that is to be shown is shown. */
  get isReady(): boolean {
    return this.#chart !== undefined || this.#isBroken || this.#plan?.level === "line";
  }

  toggle(): void {
    this.#wanted = !this.#isOpen;
  }

  /** The page's colours have changed. */
  retheme(): void {
    this.#isThemeStale = true;
  }

  /** Draws what has changed. */
  draw(): void {
    const width = this.node.clientWidth;
    if (width === 0 || this.#isBroken) return;
    try {
      this.#drawAt(width);
    } catch (error) {
      this.#break(error);
    }
  }

  dispose(): void {
    this.#clear();
    this.#tooltip.dispose();
  }

  get #isOpen(): boolean {
    return this.#wanted ?? opensByItself(this.#store);
  }

  #drawAt(width: number): void {
    const isNewPlan = this.#replan(width);
    const plan = this.#plan;
    if (!plan || plan.level === "line") {
      this.#clear();
      return;
    }
    if (this.#chart) {
      if (isNewPlan) this.#chart.resize(width, this.#planOptions(true));
      if (this.#isThemeStale) this.#chart.setTheme(this.#theme());
      this.#chart.update();
    } else if (this.#modules) {
      this.#chart = new LiveChart(this.#picture, this.#store, plan, this.#chartOptions(this.#modules));
      this.node.replaceChildren(this.#picture, ...this.#keys.nodes, this.#tools.node);
    }
    this.#isThemeStale = false;
    if (this.#chart) this.#keys.update(this.#chart);
    // The room is taken at once, so that cells below do not jump when the picture comes.
    this.node.style.minHeight = this.#chart ? "" : `${plan.height}px`;
  }

  #replan(width: number): boolean {
    const { tasks, sums } = this.#store;
    const key = [width, this.#isOpen, tasks.hasTasks, sums === undefined, ...this.#opened].join();
    if (key === this.#planKey) return false;
    this.#planKey = key;
    this.#plan = planView(this.#store, width, this.#planOptions(this.#isOpen));
    return true;
  }

  #planOptions(isOpen: boolean): PlanOptions {
    return { isOpen, opened: this.#opened };
  }

  #chartOptions(loaded: VegaModules): ChartOptions {
    return {
      ...loaded,
      theme: this.#theme(),
      tooltip: this.#tooltip.show,
      pick: this.#pick,
      onLens: (lens) => this.#chart && this.#tools.update(lens, this.#chart.plan, this.#store.groups.length),
      onCard: this.#openCard,
    };
  }

  readonly #openCard = (groups: readonly number[]): void => {
    for (const group of groups) this.#opened.add(group);
    this.#request();
  };

  /** A broken picture must not be tried again ten times a second, nor take the header with it. */
  readonly #break = (error: unknown): void => {
    this.#isBroken = true;
    this.#clear();
    this.node.textContent = strings.noPicture(error instanceof Error ? error.message : String(error));
  };

  #theme() {
    return themeFrom(readVariables(this.node));
  }

  #clear(): void {
    this.#chart?.finalize();
    this.#chart = undefined;
    this.node.replaceChildren();
    this.node.style.minHeight = "";
  }
}
