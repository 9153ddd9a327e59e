import type { EdgePath } from "../plan/plan.js";
import type { Row } from "./row.js";

/** Points of the curves, and an arrow head at the end of each. */
export function edgeRows(
  edges: readonly EdgePath[],
  look: (edge: EdgePath) => { readonly color: string; readonly strokeWidth: number },
): { edges: Row[]; arrows: Row[] } {
  const looks = edges.map(look);
  return {
    edges: edges.flatMap(({ points }, edge) =>
      points.map(({ x, y }, k) => ({ id: `${edge} ${k}`, edge, k, x, y, ...looks[edge]! })),
    ),
    arrows: edges.map(({ points }, edge) => {
      const { x, y } = points.at(-1)!;
      return { id: edge, x, y, color: looks[edge]!.color };
    }),
  };
}
