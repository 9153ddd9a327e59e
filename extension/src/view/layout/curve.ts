import type { Point } from "./graph.js";

const STEPS = 18;

/**
 * A smooth line through `stops`, level at each of them: one smoothstep (3t² - 2t³) per leg, a straight
 * line where a leg is level.
 */
export function curveThrough(stops: readonly Point[]): Point[] {
  const points = stops.slice(0, 1);
  for (let leg = 1; leg < stops.length; leg++) {
    const [a, b] = [stops[leg - 1]!, stops[leg]!];
    const steps = Math.abs(a.y - b.y) < 0.5 ? 1 : STEPS;
    for (let k = 1; k <= steps; k++) {
      const t = k / steps;
      points.push({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t * t * (3 - 2 * t) });
    }
  }
  return points;
}
