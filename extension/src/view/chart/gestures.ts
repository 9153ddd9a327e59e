import { horizonOf } from "../datasets/time-axis.js";
import { type Lens, panned, type Span, stretchAt, zoomAt } from "../lens.js";
import { graphBox, isInside, progressBox, streamBox } from "../plan/panel-boxes.js";
import { type Box, type NodesPlan, type OverviewPlan, TITLE_HEIGHT } from "../plan/plan.js";
import type { RunStore } from "../store/run-store.js";

/** What gestures act on. */
export interface GestureTarget {
  readonly plan: NodesPlan | OverviewPlan;
  readonly store: RunStore;
  lens: Lens;
}

/** Factor of one step of a wheel (100 pixels). */
const WHEEL_STEP = 1.25;
/** A shorter drag, in pixels, is a click. */
const LEAST_DRAG = 4;

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Pointer and wheel over the picture of a run: pointing links functions in graph, bars and stream; Ctrl and
 * the wheel enlarge the graph, or stretch the time of the stream; a drag marks time in the stream, or
 * moves an enlarged graph; a double click ends both. The wheel alone scrolls the page.
 */
export class Gestures {
  readonly #node: HTMLElement;
  readonly #target: GestureTarget;
  readonly #openCard: (groups: readonly number[]) => void;
  readonly #abort = new AbortController();
  #drag: { readonly kind: "brush" | "pan"; readonly from: Place; last: Place } | undefined;

  /** @param openCard called when the reader clicks a card of several functions */
  constructor(node: HTMLElement, target: GestureTarget, openCard: (groups: readonly number[]) => void) {
    this.#node = node;
    this.#openCard = openCard;
    this.#target = target;
    const { signal } = this.#abort;
    node.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false });
    node.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    node.addEventListener("pointermove", (event) => this.#move(event), { signal });
    node.addEventListener("pointerup", (event) => this.#up(event), { signal });
    node.addEventListener("pointercancel", () => (this.#drag = undefined), { signal });
    node.addEventListener("pointerleave", () => this.#point(undefined), { signal });
    node.addEventListener("dblclick", () => this.#set({ zoom: undefined, span: undefined, brush: undefined }), {
      signal,
    });
  }

  dispose(): void {
    this.#abort.abort();
  }

  #set(change: { [K in keyof Lens]: Lens[K] | undefined }): void {
    const wanted = { ...this.#target.lens, ...change };
    const set = Object.entries(wanted).filter(([, value]) => value !== undefined);
    this.#target.lens = Object.fromEntries(set) as Lens;
  }

  #placeOf(event: MouseEvent): Place {
    const { left, top } = this.#node.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    const plan = this.#plan;
    if (!plan) return;
    const { lens } = this.#target;
    const at = this.#placeOf(event);
    const factor = WHEEL_STEP ** (-event.deltaY / 100);
    const [graph, stream] = [graphBox(plan), streamBox(plan)];
    if (isInside(graph, at.x, at.y)) {
      const inGraph = { x: at.x - graph.x, y: at.y - graph.y };
      this.#set({ zoom: zoomAt(lens.zoom, factor, inGraph, graph) });
    } else if (stream && isInside(stream, at.x, at.y)) {
      this.#set({ span: stretchAt(lens.span, factor, this.#timeAt(at.x, stream), this.#horizon) });
    } else return;
    event.preventDefault(); // or the browser zooms the page
  }

  #down(event: PointerEvent): void {
    const plan = this.#plan;
    if (!plan || event.button !== 0) return;
    const at = this.#placeOf(event);
    const stream = streamBox(plan);
    const isGraph = isInside(graphBox(plan), at.x, at.y);
    if (stream && isInside(stream, at.x, at.y)) this.#drag = { kind: "brush", from: at, last: at };
    else if (isGraph) this.#drag = { kind: "pan", from: at, last: at };
  }

  #move(event: PointerEvent): void {
    const plan = this.#plan;
    if (!plan) return;
    const at = this.#placeOf(event);
    const { lens } = this.#target;
    // Not before it is a drag: the click at the end of a press that was captured is no click on a task.
    const isDrag = this.#drag && Math.hypot(at.x - this.#drag.from.x, at.y - this.#drag.from.y) >= LEAST_DRAG;
    if (isDrag) this.#node.setPointerCapture(event.pointerId);
    if (!this.#drag) {
      this.#point(this.#cardAt(at));
    } else if (this.#drag.kind === "brush" && Math.abs(at.x - this.#drag.from.x) >= LEAST_DRAG) {
      this.#set({ brush: this.#spanOf(this.#drag.from.x, at.x) });
    } else if (this.#drag.kind === "pan" && lens.zoom) {
      const { last } = this.#drag;
      this.#drag.last = at;
      this.#set({ zoom: panned(lens.zoom, at.x - last.x, at.y - last.y, graphBox(plan)) });
    }
  }

  #up(event: PointerEvent): void {
    const drag = this.#drag;
    this.#drag = undefined;
    const at = this.#placeOf(event);
    if (!drag || Math.hypot(at.x - drag.from.x, at.y - drag.from.y) >= LEAST_DRAG) return;
    if (drag.kind === "brush") this.#set({ brush: undefined });
    const card = drag.kind === "pan" ? this.#cardAt(at) : undefined;
    if (card && card.length > 1) this.#openCard(card);
  }

  #point(groups: readonly number[] | undefined): void {
    const before = this.#target.lens.groups;
    const isSame =
      groups === undefined ? !before : before?.size === groups.length && groups.every((g) => before.has(g));
    if (!isSame) this.#set({ groups: groups && new Set(groups) });
  }

  /** Functions of the card, or of the bar, at a place of the picture. */
  #cardAt(at: Place): readonly number[] | undefined {
    const plan = this.#plan;
    if (!plan) return undefined;
    const graph = graphBox(plan);
    if (isInside(graph, at.x, at.y)) {
      const { lens } = this.#target;
      const { scale, x, y } = lens.zoom ?? { scale: 1, x: 0, y: 0 };
      const [inX, inY] = [(at.x - graph.x - x) / scale, (at.y - graph.y - y) / scale];
      return plan.graph.nodes.find(({ box }) => isInside(box, inX, inY))?.groups;
    }
    const bars = progressBox(plan);
    if (!plan.panels || !bars) return undefined;
    const { rowHeight, order } = plan.panels.progress;
    const row = Math.floor((at.y - bars.y - TITLE_HEIGHT) / rowHeight);
    return isInside(bars, at.x, at.y) ? order[row]?.groups : undefined;
  }

  /** Pills are large enough as they are. */
  get #plan(): OverviewPlan | undefined {
    const { plan } = this.#target;
    return plan.level === "nodes" ? undefined : plan;
  }

  get #horizon(): number {
    const { store } = this.#target;
    return horizonOf(store.elapsed, store.state === "running");
  }

  #timeAt(x: number, stream: Box): number {
    const [from, to] = this.#plan?.panels?.stream.axis ?? [0, 1];
    const [first, last] = this.#target.lens.span ?? [0, this.#horizon];
    const share = Math.min(1, Math.max(0, (x - stream.x - from) / (to - from)));
    return first + share * (last - first);
  }

  #spanOf(a: number, b: number): Span {
    const stream = this.#plan && streamBox(this.#plan);
    if (!stream) return [0, 0];
    const [from, to] = [this.#timeAt(a, stream), this.#timeAt(b, stream)];
    return from < to ? [from, to] : [to, from];
  }
}
