import type { Zoom } from "../lens.js";
import type { Datasets, Row } from "./row.js";

/** Where rows of the graph have their places; texts keep their size, so what was too small can be read. */
const PLACES = { x: ["x", "x2"], y: ["y", "y2"] } as const;

/** Rows of the graph enlarged by `zoom`. */
export function zoomRows(data: Datasets, zoom: Zoom | undefined): Datasets {
  if (!zoom) return data;
  return Object.fromEntries(Object.entries(data).map(([name, rows]) => [name, rows.map((row) => moved(row, zoom))]));
}

function moved(row: Row, zoom: Zoom): Row {
  const places: Record<string, number> = {};
  for (const axis of ["x", "y"] as const) {
    for (const field of PLACES[axis]) {
      const value = row[field];
      if (typeof value === "number") places[field] = value * zoom.scale + zoom[axis];
    }
  }
  return { ...row, ...places };
}
