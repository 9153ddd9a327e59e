import { countIn } from "../datasets/stream-rows.js";
import { horizonOf } from "../datasets/time-axis.js";
import { type Lens, type Span, stretchAt } from "../lens.js";
import type { RunStore } from "../store/run-store.js";
import { formatsFor } from "../text/formats.js";
import { trans } from "../text/translation.js";

/** Of the time that is shown: how far an arrow key goes. */
const STEP = 0.05;
/** Of the time that is shown: what an arrow key marks at first. */
const FIRST_MARK = 0.1;
const STRETCH = 1.5;

/**
 * What the reader sees of the stream after a key: arrows move what is marked, with Shift they move its end; plus and minus
 * stretch the time around it; Home and End show the begin and the end of a stretched run.
 * @param key `key` of a keyboard event
 * @returns undefined for a key that does nothing here
 */
export function streamKey(store: RunStore, lens: Lens, key: string, isShift: boolean): Lens | undefined {
  const horizon = horizonOf(store.elapsed, store.state === "running");
  const shown = lens.span ?? ([0, horizon] as const);
  switch (key) {
    case "ArrowLeft":
    case "ArrowRight":
      return marked(lens, shown, horizon, (key === "ArrowRight" ? STEP : -STEP) * lengthOf(shown), isShift);
    case "Home":
      return lens.span && withSpan(lens, [0, lengthOf(shown)]);
    case "End":
      return lens.span && withSpan(lens, [horizon - lengthOf(shown), horizon]);
    case "+":
    case "=":
    case "-": {
      const around = lens.brush ? middleOf(lens.brush) : middleOf(shown);
      return withSpan(lens, stretchAt(lens.span, key === "-" ? 1 / STRETCH : STRETCH, around, horizon));
    }
    default:
      return undefined;
  }
}

/** What is marked, and how many tasks ran then; without a mark the time that is shown. */
export function streamText(store: RunStore, { brush, span }: Lens): string {
  const formats = formatsFor();
  const horizon = horizonOf(store.elapsed, store.state === "running");
  const [from, to] = (brush ?? span ?? [0, horizon]).map(formats.duration);
  const ran = brush && store.tasks.hasTasks ? countIn(store, brush) : undefined;
  if (ran === undefined) return trans.__("%1 to %2", from!, to!);
  return trans._n("%3 to %4: %2 task ran", "%3 to %4: %2 tasks ran", ran, formats.count(ran), from!, to!);
}

function marked(lens: Lens, shown: Span, horizon: number, step: number, isEndOnly: boolean): Lens {
  if (!lens.brush) return { ...lens, brush: [shown[0], shown[0] + FIRST_MARK * lengthOf(shown)] };
  const [from, to] = lens.brush;
  if (isEndOnly) return withShown(lens, [from, Math.min(horizon, Math.max(from + Math.abs(step), to + step))], horizon);
  const by = Math.min(horizon - to, Math.max(-from, step));
  return withShown(lens, [from + by, to + by], horizon);
}

/** Marks a time; a stretched stream moves along as far as it must to show the end that moved. */
function withShown(lens: Lens, brush: Span, horizon: number): Lens {
  const { span } = lens;
  if (!span) return { ...lens, brush };
  const by = brush[1] > span[1] ? brush[1] - span[1] : Math.min(0, brush[0] - span[0]);
  const start = Math.min(horizon - lengthOf(span), Math.max(0, span[0] + by));
  return { ...lens, brush, span: [start, start + lengthOf(span)] };
}

function withSpan({ span: _, ...lens }: Lens, span: Span | undefined): Lens {
  return span ? { ...lens, span } : lens;
}

function lengthOf([from, to]: Span): number {
  return to - from;
}

function middleOf([from, to]: Span): number {
  return (from + to) / 2;
}
