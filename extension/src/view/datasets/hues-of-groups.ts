import type { RunStore } from "../store/run-store.js";
import { hueOf, type Theme } from "../theme/theme.js";

/** The hue of every group: functions get theirs in order of first appearance, so a rerun looks the same. */
export function huesOfGroups(store: RunStore, theme: Theme): string[] {
  const places = new Map<string, number>();
  return store.groups.map(({ name }) => {
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    return hueOf(theme, place);
  });
}
