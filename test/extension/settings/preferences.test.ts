import { readFileSync } from "node:fs";
import { DEFAULT_PREFERENCES, preferences, setPreferences } from "../../../extension/src/settings/preferences.js";

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
