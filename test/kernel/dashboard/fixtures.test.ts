import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dashboardFixtures } from "../../support/dashboard-fixtures.js";

const folder = new URL("../../support/fixtures/dashboard/", import.meta.url);
const fixtures = dashboardFixtures();

// After a change of the messages on purpose: UPDATE_FIXTURES=1 npm run unit -- test/kernel/dashboard/fixtures
if (process.env.UPDATE_FIXTURES) {
  for (const [name, content] of Object.entries(fixtures)) {
    writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(content)}\n`);
  }
}

test("there is one file for each kind of message", () => {
  expect(readdirSync(folder).sort()).toEqual(
    Object.keys(fixtures)
      .map((name) => `${name}.json`)
      .sort(),
  );
});

test.each(Object.entries(fixtures))("the kernel makes the message that the file %s.json holds", (name, content) => {
  const saved: unknown = JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));
  expect(JSON.parse(JSON.stringify(content))).toEqual(saved);
});

test("the bundles hold 13 and 778 finished tasks", () => {
  const counts = ["bundle-13", "bundle-778"].map((name) => {
    const bundle = fixtures[name];
    return "v" in bundle && bundle.groups.map(({ counts }) => counts[3] + counts[4]).reduce((sum, n) => sum + n);
  });
  expect(counts).toEqual([13, 778]);
});
