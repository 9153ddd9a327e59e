/**
 * What the reader of the page wants. One for all views; each reads it whenever it needs it.
 * @module
 */
export interface Preferences {
  /** drawings of a running run a second, at most */
  readonly drawingsPerSecond: number;
  /** less motion: as the system says, always, or never */
  readonly reducedMotion: "system" | "on" | "off";
  /** whether a run so small that its header says all shows its graph at once */
  readonly openSmallGraphs: boolean;
  /** whether a notebook is saved when one of its cells starts a run */
  readonly saveAtStart: boolean;
}

/** As the schema has them. */
export const DEFAULT_PREFERENCES: Preferences = {
  drawingsPerSecond: 12,
  reducedMotion: "system",
  openSmallGraphs: false,
  saveAtStart: false,
};

/** Between two drawings with less motion. */
const CALM_MS = 500;
const MOTIONS: readonly unknown[] = ["system", "on", "off"];

let current = DEFAULT_PREFERENCES;

/** The preferences now. */
export function preferences(): Preferences {
  return current;
}

/** Takes over settings as they come; what is missing or makes no sense is as by default. */
export function setPreferences(settings: Readonly<Record<string, unknown>>): void {
  const { drawingsPerSecond: rate, reducedMotion: motion, openSmallGraphs, saveAtStart } = settings;
  current = {
    drawingsPerSecond:
      typeof rate === "number" && rate >= 1 && rate <= 60 ? rate : DEFAULT_PREFERENCES.drawingsPerSecond,
    reducedMotion: MOTIONS.includes(motion) ? (motion as Preferences["reducedMotion"]) : "system",
    openSmallGraphs: openSmallGraphs === true,
    saveAtStart: saveAtStart === true,
  };
}

/**
 * Milliseconds from one drawing of a running run to the next; the wait for an animation frame comes to it.
 * @param isSystemCalm whether the system asks for less motion
 */
export function drawingWaitMs(isSystemCalm: boolean): number {
  return Math.max(1000 / current.drawingsPerSecond, isCalm(isSystemCalm) ? CALM_MS : 0);
}

/** Whether the reader wants less motion. @param isSystemCalm whether the system asks for it */
export function isCalm(isSystemCalm: boolean): boolean {
  const { reducedMotion } = current;
  return reducedMotion === "system" ? isSystemCalm : reducedMotion === "on";
}
