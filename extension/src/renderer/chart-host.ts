import { LiveChart, type Plan, planView, type RunStore, themeFrom } from "../view/index.js";
import { element } from "./element.js";
import { readVariables } from "./page-theme.js";
import { strings } from "./strings.js";
import { TooltipBox } from "./tooltip-box.js";

/** Vega is large: it is fetched when the first picture is drawn, and once. */
let modules: Promise<[typeof import("vega"), typeof import("vega-lite")]> | undefined;

/** The place of the picture: makes it when there is room, and keeps it at the page's width and theme. */
export class ChartHost {
  readonly node = element("div", "dagbook-chart");
  readonly #store: RunStore;
  readonly #tooltip = new TooltipBox();
  #plan: Plan | undefined;
  #planKey = "";
  #chart: LiveChart | undefined;
  #isOpen = false;
  #isThemeStale = false;
  #isBroken = false;
  #isDisposed = false;

  constructor(store: RunStore) {
    this.#store = store;
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
    this.#isOpen = !this.#isOpen;
  }

  /** The page's colours have changed. */
  retheme(): void {
    this.#isThemeStale = true;
  }

  /** Draws what has changed. Must not be called again before it has finished. */
  async draw(): Promise<void> {
    const width = this.node.clientWidth;
    if (width === 0 || this.#isBroken) return;
    try {
      await this.#drawAt(width);
    } catch (error) {
      // A broken picture must not be tried again ten times a second, nor take the header with it.
      this.#isBroken = true;
      this.#clear();
      this.node.textContent = strings.noPicture(error instanceof Error ? error.message : String(error));
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#clear();
    this.#tooltip.dispose();
  }

  async #drawAt(width: number): Promise<void> {
    const isNewPlan = this.#replan(width);
    const plan = this.#plan;
    if (!plan || plan.level === "line") return this.#clear();
    if (this.#chart && isNewPlan) this.#chart.resize(width);
    if (this.#chart && this.#isThemeStale) this.#chart.setTheme(this.#theme());
    this.#isThemeStale = false;
    if (this.#chart) {
      this.#chart.update();
      return;
    }
    // The room is taken at once, so that cells below do not jump when the picture comes.
    this.node.style.minHeight = `${plan.height}px`;
    modules ??= Promise.all([import("vega"), import("vega-lite")]);
    const [vega, vegaLite] = await modules;
    if (this.#isDisposed) return;
    const tooltip = this.#tooltip.show;
    this.#chart = new LiveChart(this.node, this.#store, plan, { vega, vegaLite, theme: this.#theme(), tooltip });
    this.node.style.minHeight = "";
  }

  #replan(width: number): boolean {
    const key = [width, this.#isOpen, this.#store.tasks.hasTasks].join();
    if (key === this.#planKey) return false;
    this.#planKey = key;
    this.#plan = planView(this.#store, width, { isOpen: this.#isOpen });
    return true;
  }

  #theme() {
    return themeFrom(readVariables(this.node));
  }

  #clear(): void {
    this.#chart?.finalize();
    this.#chart = undefined;
  }
}
