import { opensByItself } from "../../../extension/src/renderer/open-by-itself.js";
import { setPreferences } from "../../../extension/src/settings/preferences.js";

afterEach(() => setPreferences({}));

test("a small graph opens by itself after 0.3 s of its run, if the reader likes that", () => {
  const after = (elapsed: number) => opensByItself({ elapsed });
  expect([0, 299, 300, 5_000].map(after)).toEqual([false, false, false, false]);
  setPreferences({ openSmallGraphs: true });
  expect([0, 299, 300, 5_000].map(after)).toEqual([false, false, true, true]);
});
