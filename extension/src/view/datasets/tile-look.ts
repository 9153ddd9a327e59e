import type { Form } from "../store/state.js";
import { mix } from "../theme/color.js";
import type { Theme } from "../theme/theme.js";
import { NO_STROKE } from "./row.js";

/** How a tile of `hue` shows its form: by fill, by opacity `o` and by outline, so it also reads in grey. */
export interface Look {
  readonly fill: string;
  readonly o: number;
  readonly stroke: string;
  readonly strokeWidth: number;
}

/** Around a failure that has no room for a cross: its red alone would be one grey among others in a print. */
export function failureOutline(theme: Theme): Pick<Look, "stroke" | "strokeWidth"> {
  return { stroke: theme.ink, strokeWidth: theme.isHighContrast ? 2 : 1 };
}

/** The look of each form for one hue. */
export function looksOf(theme: Theme, hue: string): Record<Form, Look> {
  const filled = (o: number, fill = hue): Look => ({ fill, o, ...NO_STROKE });
  return {
    done: filled(1),
    failed: filled(1, theme.error),
    running: { ...filled(theme.opacity.running), stroke: theme.ink, strokeWidth: theme.stroke },
    queued: filled(theme.opacity.queued),
    waiting: filled(theme.opacity.waiting),
    stopped: { ...filled(0), stroke: mix(theme.card, hue, 0.5), strokeWidth: theme.isHighContrast ? 2 : 0.8 },
  };
}
