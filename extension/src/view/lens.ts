/** A stretch of the run's time, milliseconds. */
export type Span = readonly [from: number, to: number];

/** How the graph is enlarged: a point `p` of it is drawn at `p * scale + offset`. */
export interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const MOST_ZOOM = 12;
/** Milliseconds; a stream is not stretched further. */
const LEAST_SPAN = 1;

/** What the reader points at, has marked or enlarged. Nothing of it changes what the run is. */
export interface Lens {
  /** functions under the pointer: the others are drawn pale */
  readonly groups?: ReadonlySet<number>;
  /** marked in the stream: tasks that ran then stand out in the graph */
  readonly brush?: Span;
  /** the part of the stream that is shown */
  readonly span?: Span;
  readonly zoom?: Zoom;
}

/** Enlarges the graph by `factor` around a point of its panel, which stays where it is; undefined for its own size. */
export function zoomAt(
  zoom: Zoom | undefined,
  factor: number,
  at: { readonly x: number; readonly y: number },
  panel: { readonly width: number; readonly height: number },
): Zoom | undefined {
  const before = zoom ?? { scale: 1, x: 0, y: 0 };
  const scale = Math.min(MOST_ZOOM, before.scale * factor);
  if (scale <= 1.001) return undefined;
  const offset = (old: number, p: number) => p - ((p - old) * scale) / before.scale;
  return panned({ scale, x: offset(before.x, at.x), y: offset(before.y, at.y) }, 0, 0, panel);
}

/** Moves an enlarged graph; it always fills its panel. */
export function panned(
  { scale, x, y }: Zoom,
  dx: number,
  dy: number,
  { width, height }: { readonly width: number; readonly height: number },
): Zoom {
  const held = (offset: number, size: number) => Math.min(0, Math.max(size * (1 - scale), offset));
  return { scale, x: held(x + dx, width), y: held(y + dy, height) };
}

/** Stretches the time axis by `factor` around a time, which stays where it is; undefined for the whole run. */
export function stretchAt(span: Span | undefined, factor: number, at: number, horizon: number): Span | undefined {
  const [from, to] = span ?? [0, horizon];
  const length = Math.max(LEAST_SPAN, (to - from) / factor);
  if (length >= horizon * 0.999) return undefined;
  const share = (at - from) / Math.max(LEAST_SPAN, to - from);
  const start = Math.min(horizon - length, Math.max(0, at - share * length));
  return [start, start + length];
}
