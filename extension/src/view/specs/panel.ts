import type { TopLevelSpec } from "vega-lite";

/** A specification of several panels, and what its parts are. */
export type ViewSpec = Extract<TopLevelSpec, { vconcat: unknown }>;
export type PanelSpec = ViewSpec["vconcat"][number];
export type LayerPanel = Extract<PanelSpec, { layer: unknown }>;
export type MarkSpec = LayerPanel["layer"][number];

/** Pixels of a panel: rows of datasets give positions in them, and carry their colours. */
export interface Panel {
  readonly width: number;
  readonly height: number;
  /** true where the reader may enlarge it: what leaves the panel is cut off */
  readonly isCut?: boolean;
}

/** One pixel of the data is one pixel of the panel, from the left top. */
export function panelOf({ width, height }: Panel, layer: MarkSpec[]): LayerPanel {
  return { width, height, view: { stroke: null }, layer };
}

function along(field: string, size: number, reverse: boolean) {
  const scale = { domain: [0, size], reverse, nice: false, zero: false };
  return { field, type: "quantitative", axis: null, scale } as const;
}

function position({ width, height }: Panel) {
  return { x: along("x", width, false), y: along("y", height, true) };
}

const asGiven = { scale: null, legend: null } as const;

function cut({ isCut = false }: Panel) {
  return isCut ? ({ clip: true } as const) : {};
}

type RectOptions = { corner?: number; dash?: number[]; tooltip?: boolean; top?: string; isUnseen?: boolean };

const UNSEEN = { fill: { value: "white" }, fillOpacity: { value: 0 } } as const;

const LOOK = {
  fill: { field: "fill", type: "nominal", ...asGiven },
  fillOpacity: { field: "o", type: "quantitative", ...asGiven },
  stroke: { field: "stroke", type: "nominal", ...asGiven },
  strokeWidth: { field: "strokeWidth", type: "quantitative", ...asGiven },
} as const;

/**
 * Boxes `x, x2, y, y2` filled with `fill` at opacity `o`, outlined by `stroke` `strokeWidth` wide; unseen ones
 * are there for the pointer only.
 */
export function boxes(name: string, panel: Panel, options: RectOptions = {}): MarkSpec {
  const { corner = 0, dash, tooltip = false, top = "y", isUnseen = false } = options;
  return {
    data: { name },
    mark: {
      type: "rect",
      ...cut(panel),
      ...(corner > 0 && { cornerRadius: corner }),
      ...(dash && { strokeDash: dash }),
    },
    encoding: {
      x: along("x", panel.width, false),
      x2: { field: "x2" },
      y: along(top, panel.height, true),
      y2: { field: "y2" },
      ...(isUnseen ? UNSEEN : LOOK),
      ...(tooltip && { tooltip: { value: "task" } }),
    },
  };
}

interface TextOptions {
  readonly align?: "left" | "center" | "right";
  readonly size: number;
  readonly font?: string;
  readonly weight?: 600;
}

/** `text` in `color`, its middle at `y`. */
export function texts(name: string, panel: Panel, { align = "left", size, font, weight }: TextOptions): MarkSpec {
  return {
    data: { name },
    mark: {
      type: "text",
      ...cut(panel),
      align,
      baseline: "middle",
      fontSize: size,
      ...(font !== undefined && { font }),
      ...(weight !== undefined && { fontWeight: weight }),
    },
    encoding: {
      ...position(panel),
      text: { field: "text", type: "nominal" },
      color: { field: "color", type: "nominal", ...asGiven },
    },
  };
}

/** Curves: the points of each `edge` in order of `k`. */
export function curves(name: string, panel: Panel): MarkSpec {
  return {
    data: { name },
    mark: { type: "line", ...cut(panel), strokeCap: "round", strokeJoin: "round" },
    encoding: {
      ...position(panel),
      detail: { field: "edge" },
      order: { field: "k", type: "quantitative" },
      stroke: { field: "color", type: "nominal", ...asGiven },
      strokeWidth: { field: "strokeWidth", type: "quantitative", ...asGiven },
    },
  };
}

/** One dashed line through the points of a dataset. */
export function dashed(name: string, panel: Panel, ink: string): MarkSpec {
  return {
    data: { name },
    mark: { type: "line", color: ink, strokeWidth: 1, strokeDash: [3, 2], strokeJoin: "round" },
    encoding: position(panel),
  };
}

/** Small shapes in `color`: filled arrow heads, or strokes such as the cross of a failure. */
export function symbols(name: string, panel: Panel, shape: string, size: number, strokeWidth?: number): MarkSpec {
  const color = { field: "color", type: "nominal", ...asGiven } as const;
  return {
    data: { name },
    mark: {
      type: "point",
      ...cut(panel),
      shape,
      size,
      opacity: 1,
      filled: strokeWidth === undefined,
      strokeWidth: strokeWidth ?? 0,
    },
    encoding: { ...position(panel), ...(strokeWidth === undefined ? { fill: color } : { stroke: color }) },
  };
}

/** Straight hairlines from `x, y` to `x2, y2`. */
export function hairlines(name: string, panel: Panel, strokeWidth = 1): MarkSpec {
  return {
    data: { name },
    mark: { type: "rule", strokeWidth },
    encoding: {
      ...position(panel),
      x2: { field: "x2" },
      y2: { field: "y2" },
      stroke: { field: "color", type: "nominal", ...asGiven },
    },
  };
}

/** The cross of a failed task. */
export const CROSS = "M-1,-1L1,1M-1,1L1,-1";
