import { readFileSync } from "node:fs";
import {
  DEFAULT_PREFERENCES,
  drawingWaitMs,
  preferences,
  setPreferences,
} from "../../../extension/src/settings/preferences.js";

const schema = JSON.parse(
  readFileSync(new URL("../../../extension/schema/renderer.json", import.meta.url), "utf8"),
) as { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };

afterEach(() => setPreferences({}));

test("the defaults are those of the settings schema, one for each setting", () => {
  const defaults = Object.fromEntries(
    Object.entries(schema.properties).map(([name, { default: value }]) => [name, value]),
  );
  expect(DEFAULT_PREFERENCES).toEqual(defaults);
});

test("settings are taken over", () => {
  const wanted = { drawingsPerSecond: 4, reducedMotion: "on", openSmallGraphs: true, saveAtStart: true };
  setPreferences(wanted);
  expect(preferences()).toEqual(wanted);
});

test("what makes no sense is as by default", () => {
  setPreferences({ drawingsPerSecond: 0, reducedMotion: "sometimes", openSmallGraphs: 1, saveAtStart: "yes" });
  expect(preferences()).toEqual(DEFAULT_PREFERENCES);
});

test.each([
  [{}, false, 1000 / 12],
  [{}, true, 500],
  [{ drawingsPerSecond: 4 }, false, 250],
  [{ drawingsPerSecond: 1 }, true, 1000],
  [{ reducedMotion: "on" }, false, 500],
  [{ reducedMotion: "off" }, true, 1000 / 12],
])(
  "with %j on a system that asks for less motion: %j, a run is drawn every %d ms",
  (settings, isSystemCalm, waitMs) => {
    setPreferences(settings);
    expect(drawingWaitMs(isSystemCalm)).toBe(waitMs);
  },
);
