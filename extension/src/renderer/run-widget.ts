import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { JSONObject } from "@lumino/coreutils";
import { Widget } from "@lumino/widgets";
import type { RunBundle } from "dagbook/dashboard-messages";
import { summary, table } from "../view/index.js";
import { Announcer } from "./announcer.js";
import { ChartHost } from "./chart-host.js";
import type { CommClient } from "./comm-client.js";
import { element, setText } from "./element.js";
import { ErrorList } from "./error-list.js";
import { RunHeader } from "./header.js";
import { LiveRun } from "./live-run.js";
import { Pacer } from "./pacer.js";
import { onThemeChange } from "./page-theme.js";
import { ProgressTable } from "./progress-table.js";
import { readBundle } from "./read-message.js";
import { strings } from "./strings.js";
import { onVisibility } from "./visibility.js";

/** MIME type of a run; the type makes the compiler compare it with the kernel's. */
export const RUN_MIME_TYPE: typeof import("dagbook/dashboard-messages").RUN_MIME_TYPE =
  "application/vnd.dagbook.run.v1+json";

// With the wait for the next animation frame this makes 10 to 12 drawings a second.
const FLUSH_MS = 80;
const CALM_FLUSH_MS = 500;
const TABLE_MS = 1000;
/** The kernel's own final output comes right after its message on the comm. */
const KERNEL_SAVES_MS = 500;

/** The output of a run in a cell: a header, the picture, failures, and the same in words. */
export class RunWidget extends Widget implements IRenderMime.IRenderer {
  readonly #client: CommClient | undefined;
  readonly #header = new RunHeader({ cancel: () => this.#run?.cancel(), toggle: () => this.#toggle() });
  readonly #errors = new ErrorList();
  readonly #table = new ProgressTable();
  readonly #status = element("div", "dagbook-spoken");
  readonly #announcer = new Announcer();
  readonly #calm = matchMedia("(prefers-reduced-motion: reduce)");
  readonly #pacer = new Pacer(
    () => this.#draw(),
    () => (this.#calm.matches ? CALM_FLUSH_MS : FLUSH_MS),
  );
  readonly #endings: (() => void)[] = [];
  #chart: ChartHost | undefined;
  #run: LiveRun | undefined;
  #model: IRenderMime.IMimeModel | undefined;
  #tableAt = Number.NEGATIVE_INFINITY;

  /** @param client the line to the kernel; without one the output is shown as it was saved */
  constructor(client?: CommClient) {
    super();
    this.#client = client;
    this.addClass("dagbook-run");
    this.#status.setAttribute("role", "status");
    this.#endings.push(
      onVisibility(this.node, (isVisible) => {
        this.#pacer.isVisible = isVisible;
      }),
      onThemeChange(() => this.#retheme()),
    );
    const resize = new ResizeObserver(() => this.#pacer.request());
    resize.observe(this.node);
    this.#endings.push(() => resize.disconnect());
  }

  /** Draws the bundle of an output. JupyterLab calls it again whenever the output's data change. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.#model = model;
    const bundle = readBundle(model.data[RUN_MIME_TYPE]);
    if (!bundle) {
      this.#close();
      this.node.replaceChildren(element("p", "dagbook-unreadable", strings.unreadable));
      return;
    }
    if (this.#run?.store.run === bundle.run) this.#run.load(bundle);
    else this.#open(bundle);
    this.#drawText();
    this.#pacer.request();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#close();
    this.#pacer.dispose();
    for (const end of this.#endings) end();
    super.dispose();
  }

  #open(bundle: RunBundle): void {
    this.#close();
    this.#run = new LiveRun(bundle, this.#client, {
      changed: () => this.#pacer.request(),
      ended: (final) => void this.#save(final),
    });
    this.#chart = new ChartHost(this.#run.store, () => this.#pacer.request());
    this.node.dataset.run = bundle.run;
    this.node.replaceChildren(this.#header.node, this.#chart.node, this.#errors.node, this.#table.node, this.#status);
  }

  #close(): void {
    this.#run?.dispose();
    this.#chart?.dispose();
    this.#run = this.#chart = undefined;
  }

  #toggle(): void {
    this.#chart?.toggle();
    this.#pacer.request();
  }

  #retheme(): void {
    this.#chart?.retheme();
    this.#pacer.request();
  }

  #draw(): void {
    const [run, chart] = [this.#run, this.#chart];
    if (!run || !chart) return;
    run.tick();
    this.#drawText();
    chart.draw();
    if (chart.isReady) this.node.dataset.ready = "true";
    // The clock goes on although nothing else may change.
    if (run.isLive) this.#pacer.request();
  }

  #drawText(): void {
    const [run, chart] = [this.#run, this.#chart];
    if (!run || !chart) return;
    const { store, standing } = run;
    this.#header.update(summary(store), { standing, canCancel: run.isLive });
    this.#header.setFold(chart.fold);
    this.#errors.update(store.errors);
    const now = performance.now();
    const forms = store.forms();
    const sentence = this.#announcer.next({ title: store.title, standing, n: store.n, ...forms }, now);
    if (sentence) setText(this.#status, sentence);
    if (now - this.#tableAt > TABLE_MS || !run.isLive) {
      this.#tableAt = now;
      this.#table.update(store.title, table(store));
    }
    Object.assign(this.node.dataset, { seq: store.seq, state: standing, level: chart.level });
  }

  /**
   * Writes the final state into the notebook if the kernel does not: a page that was reloaded in
   * mid-run does not get that message. The pictures of the saved output are of the running state, so
   * they are replaced, too.
   */
  async #save(final: RunBundle): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, KERNEL_SAVES_MS));
    this.#drawText();
    const png = await this.#chart?.toPng();
    const model = this.#model;
    const shown = model && readBundle(model.data[RUN_MIME_TYPE]);
    if (this.isDisposed || !model || shown?.run !== final.run || shown.state !== "running") return;
    const data = {
      [RUN_MIME_TYPE]: final as unknown as JSONObject,
      ...(png && { "image/png": png }),
      "text/plain": this.#header.text,
    };
    model.setData({ data });
  }
}
