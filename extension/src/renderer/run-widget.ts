import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { JSONObject } from "@lumino/coreutils";
import { Widget } from "@lumino/widgets";
import type { EndMessage, RunBundle } from "dagbook/dashboard-messages";
import { drawingWaitMs, isCalm } from "../settings/preferences.js";
import { showPlace } from "./cell-place.js";
import { element } from "./element.js";
import type { RunLine } from "./live-run.js";
import { Pacer } from "./pacer.js";
import { onThemeChange } from "./page-theme.js";
import { asSent, readBundle } from "./read-message.js";
import { RunCard } from "./run-card.js";
import { strings } from "./strings.js";
import { onVisibility } from "./visibility.js";

/** MIME type of a run; the type makes the compiler compare it with the kernel's. */
export const RUN_MIME_TYPE: typeof import("dagbook/dashboard-messages").RUN_MIME_TYPE =
  "application/vnd.dagbook.run.v1+json";

/** Tasks; more are drawn calmly. */
const VAST_TASKS = 100_000;
/** The kernel's own final output comes right after its message on the comm. */
const KERNEL_SAVES_MS = 500;

/** The output of a run in a cell. Shows nothing of a bundle but data: as text, and as marks. */
export class RunWidget extends Widget implements IRenderMime.IRenderer {
  readonly #line: RunLine | undefined;
  readonly #calm = matchMedia("(prefers-reduced-motion: reduce)");
  readonly #pacer = new Pacer(
    () => this.#draw(),
    () => drawingWaitMs(this.#calm.matches || this.#isVast),
  );
  readonly #endings: readonly (() => void)[];
  #card: RunCard | undefined;
  #model: IRenderMime.IMimeModel | undefined;

  /** @param line the line to the kernel; without one the output is shown as it was saved */
  constructor(line?: RunLine) {
    super();
    this.#line = line;
    this.addClass("dagbook-run");
    const resize = new ResizeObserver(() => this.#pacer.request());
    resize.observe(this.node);
    this.#endings = [
      () => resize.disconnect(),
      onVisibility(this.node, (isVisible) => {
        this.#pacer.isVisible = isVisible;
      }),
      onThemeChange(() => {
        this.#card?.retheme();
        this.#pacer.request();
      }),
    ];
  }

  /** Draws the bundle of an output. JupyterLab calls it again whenever the output's data change. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.#model = model;
    const bundle = readBundle(model.data[RUN_MIME_TYPE]);
    if (bundle && bundle.run === this.#card?.run.store.run) this.#card.run.load(bundle);
    else this.#open(bundle);
    // Words at once, also out of sight; the picture when its turn comes.
    this.#card?.drawText();
    this.#pacer.request();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#card?.dispose();
    this.#pacer.dispose();
    for (const end of this.#endings) end();
    super.dispose();
  }

  /** The kernel tells of a vast run twice a second. */
  get #isVast(): boolean {
    return (this.#card?.run.store.n ?? 0) > VAST_TASKS;
  }

  #open(bundle: RunBundle | undefined): void {
    this.#card?.dispose();
    this.#card =
      bundle &&
      new RunCard(
        bundle,
        { line: this.#line, goTo: (place) => void showPlace(this, place) },
        {
          changed: () => this.#pacer.request(),
          ended: (end) => void this.#save(end),
          repeated: (by) => void this.#replace(by),
        },
      );
    delete this.node.dataset.ready;
    // Also out of sight, where nothing is drawn: others find the output of a run by these.
    Object.assign(this.node.dataset, this.#card?.facts);
    this.node.replaceChildren(...(this.#card?.nodes ?? [element("p", "dagbook-unreadable", strings.unreadable)]));
  }

  #draw(): void {
    if (!this.#card) return;
    Object.assign(this.node.dataset, this.#card.draw());
    this.node.toggleAttribute("data-calm", isCalm(this.#calm.matches));
    // The clock goes on although nothing else may change.
    if (this.#card.run.isLive) this.#pacer.request();
  }

  /** The run that repeats this one is shown in its place; by the kernel, unless the page was reloaded in between. */
  async #replace(by: string): Promise<void> {
    const shown = () => readBundle(this.#model?.data[RUN_MIME_TYPE])?.run;
    const before = shown();
    if (before === by) return;
    await new Promise((resolve) => setTimeout(resolve, KERNEL_SAVES_MS));
    if (this.isDisposed || shown() !== before || !this.#line) return;
    const bundle = await askBundle(this.#line, by);
    if (!bundle || this.isDisposed || shown() !== before) return;
    this.#model?.setData({ data: { [RUN_MIME_TYPE]: asSent(bundle) as JSONObject, "text/plain": bundle.title } });
  }

  /**
   * Writes the final state into the notebook if the kernel does not: a page that was reloaded in
   * mid-run does not get that message. The pictures of the saved output are of the running state, so
   * they are replaced, too, by the kernel's.
   */
  async #save(end: EndMessage): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, KERNEL_SAVES_MS));
    if (!this.#isUnsaved(end)) return;
    const { display } = this.#line && !end.display ? await askEnd(this.#line, end) : end;
    if (!this.#isUnsaved(end)) return;
    const pictures = display ?? { "text/plain": this.#card?.text ?? "" };
    this.#model?.setData({ data: { [RUN_MIME_TYPE]: asSent(end.bundle) as JSONObject, ...pictures } });
  }

  #isUnsaved({ run }: EndMessage): boolean {
    const shown = readBundle(this.#model?.data[RUN_MIME_TYPE]);
    return !this.isDisposed && shown?.run === run && shown.state === "running";
  }
}

/** The end of a run again, now with pictures; as it was if the kernel has forgotten the run. */
function askEnd(line: RunLine, end: EndMessage): Promise<EndMessage> {
  return new Promise((resolve) => {
    line.subscribe(end.run, {
      receive: (message) => resolve(message.kind === "end" ? message : end),
      lose: () => resolve(end),
    });
  });
}

/** A run as it stands; undefined if the kernel does not know it. */
function askBundle(line: RunLine, run: string): Promise<RunBundle | undefined> {
  return new Promise((resolve) => {
    const leave = line.subscribe(run, {
      receive: (message) => {
        if (!("bundle" in message)) return;
        resolve(message.bundle);
        leave();
      },
      lose: () => resolve(undefined),
    });
  });
}
