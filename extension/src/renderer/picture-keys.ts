import {
  firstFocus,
  firstTile,
  focusBox,
  focusRow,
  type GraphFocus,
  graphBox,
  inSight,
  type Lens,
  type LiveChart,
  movedFocus,
  streamBox,
  streamKey,
  streamText,
  type TooltipContent,
  zoomAt,
  zoomedBox,
} from "../view/index.js";
import { element } from "./element.js";
import { KeyPlace, placeAt } from "./key-place.js";
import { keyStrings } from "./key-strings.js";

export interface PictureActions {
  /** shows all that is known of a task */
  pick(task: number): void;
  /** shows the functions of a card on cards of their own */
  openCard(groups: readonly number[]): void;
  /** shows what has the focus in words, beside a place of the page; `undefined` hides it */
  tooltip(at: { readonly clientX: number; readonly clientY: number }, content: TooltipContent | undefined): void;
}

const ZOOM_STEP = 1.25;

/** The picture by keyboard: graph and stream are places of the tab order; what has the focus is framed and spoken. */
export class PictureKeys {
  readonly #actions: PictureActions;
  readonly #graph = new KeyPlace("dagbook-graph-keys", (key) => this.#onGraphKey(key));
  readonly #stream = new KeyPlace("dagbook-stream-keys", (key, isShift) => this.#onStreamKey(key, isShift));
  readonly #frame = element("div", "dagbook-frame");
  readonly #spoken = element("div", "dagbook-spoken");
  #chart: LiveChart | undefined;
  #plan: LiveChart["plan"] | undefined;
  #focus: GraphFocus | undefined;

  constructor(actions: PictureActions) {
    this.#actions = actions;
    this.#spoken.setAttribute("aria-live", "polite");
    this.#graph.node.append(this.#frame);
    this.#graph.node.addEventListener("focus", () => this.#setFocus(this.#focus));
    this.#graph.node.addEventListener("blur", () => this.#blur());
    this.#stream.node.addEventListener("focus", () => this.#say(this.#chart && streamTextOf(this.#chart)));
  }

  /** What lies over the picture, in the order of the Tab key. */
  get nodes(): readonly HTMLElement[] {
    return [this.#graph.node, this.#stream.node, this.#spoken];
  }

  /** Follows the picture as it is drawn now. */
  update(chart: LiveChart): void {
    this.#chart = chart;
    const { plan, store } = chart;
    if (plan !== this.#plan) {
      this.#focus = this.#plan && this.#focus && sameFocus(this.#plan, plan, this.#focus);
      this.#plan = plan;
      const { title } = store;
      const isNodes = plan.level === "nodes";
      const box = isNodes ? { x: 0, y: 0, width: plan.width, height: plan.height } : graphBox(plan);
      this.#graph.update(box, {
        label: keyStrings.graph(title),
        role: keyStrings.graphRole(),
        hint: keyStrings.graphHint(),
      });
      this.#stream.update(isNodes ? undefined : streamBox(plan), {
        label: keyStrings.stream(title),
        role: keyStrings.streamRole(),
        hint: keyStrings.streamHint(),
      });
      if (this.#isGraphFocused) this.#setFocus(this.#focus);
    }
    if (this.#isGraphFocused) this.#showFrame();
  }

  get #isGraphFocused(): boolean {
    return this.#graph.node.ownerDocument.activeElement === this.#graph.node;
  }

  #onGraphKey(key: string): boolean {
    const chart = this.#chart;
    if (!chart) return false;
    const { plan } = chart;
    const focus = this.#focus;
    if (key === "Escape") {
      if (focus?.tile !== undefined) this.#setFocus({ node: focus.node });
      else this.#graph.leave();
      return true;
    }
    if (!focus) return false;
    if (key === "Enter" || key === " ") return this.#open(chart, focus);
    if (plan.level !== "nodes" && (key === "+" || key === "=" || key === "-")) {
      const [panel, box] = [graphBox(plan), focusBox(plan, focus)];
      const { x, y, width, height } = zoomedBox(box, chart.lens.zoom);
      const at = { x: x + width / 2, y: y + height / 2 };
      const zoom = zoomAt(chart.lens.zoom, key === "-" ? 1 / ZOOM_STEP : ZOOM_STEP, at, panel);
      chart.lens = withZoom(chart.lens, zoom && inSight(zoom, box, panel));
      this.#showFrame();
      return true;
    }
    const moved = movedFocus(plan, focus, key);
    if (moved) this.#setFocus(moved);
    return moved !== undefined;
  }

  #onStreamKey(key: string, isShift: boolean): boolean {
    const chart = this.#chart;
    if (!chart) return false;
    if (key === "Escape") {
      const { brush, span, ...rest } = chart.lens;
      if (!brush && !span) this.#stream.leave();
      else this.#look(chart, rest);
      return true;
    }
    const lens = streamKey(chart.store, chart.lens, key, isShift);
    if (lens) this.#look(chart, lens);
    return lens !== undefined;
  }

  #look(chart: LiveChart, lens: Lens): void {
    chart.lens = lens;
    this.#say(streamTextOf(chart));
  }

  /** Enter: a card of several functions is opened, one of many tasks entered, a task told in full. */
  #open(chart: LiveChart, focus: GraphFocus): boolean {
    const { plan, store } = chart;
    const { task } = focusRow(plan, store, focus);
    const groups = plan.level === "nodes" ? [] : plan.graph.nodes[focus.node]!.groups;
    const tile = firstTile(plan, focus);
    if (task !== undefined) this.#actions.pick(task);
    else if (groups.length > 1) this.#actions.openCard(groups);
    else if (tile) this.#setFocus(tile);
    return true;
  }

  #setFocus(focus: GraphFocus | undefined): void {
    const chart = this.#chart;
    if (!chart) return;
    const { plan } = chart;
    this.#focus = focus ?? firstFocus(plan);
    if (!this.#focus) return;
    if (plan.level !== "nodes") {
      const { zoom } = chart.lens;
      const groups = new Set(plan.graph.nodes[this.#focus.node]!.groups);
      const box = focusBox(plan, this.#focus);
      chart.lens = withZoom({ ...chart.lens, groups }, zoom && inSight(zoom, box, graphBox(plan)));
    }
    this.#showFrame();
    const content = chart.describe(focusRow(plan, chart.store, this.#focus));
    this.#say(content && keyStrings.content(content));
  }

  #showFrame(): void {
    const chart = this.#chart;
    const focus = this.#focus;
    if (!chart || !focus) return;
    const { plan, lens } = chart;
    const isNodes = plan.level === "nodes";
    const { x, y, ...size } = zoomedBox(focusBox(plan, focus), lens.zoom);
    const margin = isNodes ? plan.width - plan.graph.width : 0;
    placeAt(this.#frame, { x: x + margin / 2, y: y + margin / 2, ...size });
    const { left, bottom } = this.#frame.getBoundingClientRect();
    this.#actions.tooltip({ clientX: left, clientY: bottom }, chart.describe(focusRow(plan, chart.store, focus)));
  }

  #blur(): void {
    this.#actions.tooltip({ clientX: 0, clientY: 0 }, undefined);
    const chart = this.#chart;
    if (!chart?.lens.groups) return;
    const { groups: _, ...rest } = chart.lens;
    chart.lens = rest;
  }

  #say(text: string | undefined): void {
    this.#spoken.textContent = text ?? "";
  }
}

function streamTextOf({ store, lens }: LiveChart): string {
  return streamText(store, lens);
}

function withZoom({ zoom: _, ...lens }: Lens, zoom: Lens["zoom"]): Lens {
  return zoom ? { ...lens, zoom } : lens;
}

/** What had the focus in a picture that was planned anew: a task, or the card of the same function. */
function sameFocus(before: LiveChart["plan"], after: LiveChart["plan"], { node }: GraphFocus): GraphFocus | undefined {
  if (before.level === "nodes" || after.level === "nodes") return before.level === after.level ? { node } : undefined;
  const group = before.graph.nodes[node]!.groups[0]!;
  const now = after.graph.nodes.findIndex(({ groups }) => groups.includes(group));
  return now < 0 ? undefined : { node: now };
}
