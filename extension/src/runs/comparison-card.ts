import type { RunBundle } from "dagbook/dashboard-messages";
import { element, setText } from "../renderer/element.js";
import { LiveRun, type RunLine } from "../renderer/live-run.js";
import { readVariables } from "../renderer/page-theme.js";
import { strings } from "../renderer/strings.js";
import { TooltipBox } from "../renderer/tooltip-box.js";
import { loadModules } from "../renderer/vega-modules.js";
import { ComparisonChart, type ComparisonText, compareRuns, comparisonText, themeFrom, trans } from "../view/index.js";
import { FigureTable } from "./figure-table.js";

type Modules = Awaited<ReturnType<typeof loadModules>>;

/** A run to compare: how it stood, and the line to its kernel. */
export interface RunSource {
  readonly bundle: RunBundle;
  readonly line: RunLine;
}

/** Two runs on the page: what differs in words, their figures, the picture, and all figures by function as a table. */
export class ComparisonCard {
  readonly #runs: readonly [a: LiveRun, b: LiveRun];
  readonly #title = element("h2", "dagbook-comparison-title");
  readonly #runTable = new FigureTable("dagbook-comparison-runs");
  readonly #sentences = element("p", "dagbook-comparison-sentences");
  readonly #chartNode = element("div", "dagbook-chart");
  readonly #functionTable = new FigureTable("dagbook-comparison-functions");
  readonly #details = element("details", "dagbook-comparison-details");
  readonly #tooltip = new TooltipBox();
  readonly #changed: () => void;
  #modules: Modules | undefined;
  #chart: ComparisonChart | undefined;
  #planKey = "";
  #isThemeStale = false;
  #isBroken = false;

  /**
   * The run that began first is A.
   * @param changed something has changed: `draw` should be called soon
   */
  constructor(sources: readonly [RunSource, RunSource], changed: () => void) {
    const [a, b] = [...sources].sort((x, y) => x.bundle.t0 - y.bundle.t0);
    const liveRun = ({ bundle, line }: RunSource) => new LiveRun(bundle, line, { changed, ended: changed });
    this.#runs = [liveRun(a!), liveRun(b!)];
    this.#changed = changed;
    // Read when it changes, which is at the end of a run: figures that go on would be read again and again.
    this.#sentences.setAttribute("role", "status");
    this.#details.append(element("summary", "", trans.__("All figures by function")), this.#functionTable.node);
    this.#details.addEventListener("toggle", changed);
    loadModules()
      .then((loaded) => {
        this.#modules = loaded;
      }, this.#break)
      .finally(changed);
  }

  /** The parts of the card, from top to bottom. */
  get nodes(): readonly HTMLElement[] {
    return [this.#title, this.#sentences, this.#runTable.node, this.#chartNode, this.#details];
  }

  /** Whether one of the runs goes on. */
  get isLive(): boolean {
    return this.#runs.some(({ isLive }) => isLive);
  }

  /** What a tab should say. */
  get title(): string {
    return this.#text().title;
  }

  /** Draws what has changed. @returns how it stands, as attributes that tests and others may read */
  draw(): Readonly<Record<string, string>> {
    for (const run of this.#runs) run.tick();
    const text = this.#text();
    setText(this.#title, text.title);
    this.#runTable.update(text.runColumns, text.runs);
    setText(this.#sentences, text.sentences.join(" "));
    if (this.#details.open) this.#functionTable.update(text.functionColumns, text.functions);
    this.#drawChart();
    const [a, b] = this.#runs;
    return { a: a.standing, b: b.standing, ...((this.#chart || this.#isBroken) && { ready: "true" }) };
  }

  /** The page's colours have changed. */
  retheme(): void {
    this.#isThemeStale = true;
    this.#changed();
  }

  dispose(): void {
    for (const run of this.#runs) run.dispose();
    this.#chart?.finalize();
    this.#tooltip.dispose();
  }

  #text(): ComparisonText {
    const [a, b] = this.#runs;
    return comparisonText(compareRuns(a.store, b.store));
  }

  #drawChart(): void {
    const width = this.#chartNode.clientWidth;
    if (width === 0 || !this.#modules || this.#isBroken) return;
    try {
      this.#drawAt(width, this.#modules);
    } catch (error) {
      this.#break(error);
    }
  }

  #drawAt(width: number, modules: Modules): void {
    const [a, b] = this.#runs.map(({ store }) => store);
    // What the room of lanes and rows depends on.
    const facts = this.#runs.map(({ store }) => [
      store.tasks.hasTasks || store.sums !== undefined,
      store.groups.length,
      store.workers,
    ]);
    const key = [width, ...facts].join();
    const isNewPlan = key !== this.#planKey;
    this.#planKey = key;
    const theme = () => themeFrom(readVariables(this.#chartNode));
    if (!this.#chart) {
      const options = { ...modules, theme: theme(), tooltip: this.#tooltip.show };
      this.#chart = new ComparisonChart(this.#chartNode, [a!, b!], width, options);
    } else {
      if (isNewPlan) this.#chart.resize(width);
      if (this.#isThemeStale) this.#chart.setTheme(theme());
      this.#chart.update();
    }
    this.#isThemeStale = false;
  }

  /** A broken picture must not be tried again ten times a second, nor take the figures with it. */
  readonly #break = (error: unknown): void => {
    this.#isBroken = true;
    this.#chart?.finalize();
    this.#chart = undefined;
    this.#chartNode.textContent = strings.noPicture(error instanceof Error ? error.message : String(error));
  };
}
