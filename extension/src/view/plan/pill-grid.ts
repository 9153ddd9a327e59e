import type { Size } from "../layout/layered-layout.js";

/** Boxes of one size in rows, as even as they come: for tasks that do not need each other. */
export function pillGrid(count: number, { width, height }: Size, room: number, gap: number) {
  const most = Math.max(1, Math.floor((room + gap) / (width + gap)));
  const rows = Math.ceil(count / most);
  const columns = Math.ceil(count / rows);
  const tasks = Array.from({ length: count }, (_, task) => task);
  return {
    x: tasks.map((task) => (task % columns) * (width + gap)),
    y: tasks.map((task) => Math.floor(task / columns) * (height + gap)),
    width: columns * (width + gap) - gap,
    height: rows * (height + gap) - gap,
    edges: [],
    crossings: 0,
  };
}
