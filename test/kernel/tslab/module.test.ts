import { SessionClient } from "../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

test("tslab's display, imported into a cell of dagbook, shows in it", async () => {
  const { outcome, outputs } = await session.run(`import * as tslab from "tslab";
tslab.display.html("<b>bold</b>");
tslab.display.png(Buffer.from([1, 2, 3]));
const spot = tslab.newDisplay();
spot.text("one");
spot.text("two");
Object.keys(tslab.versions).includes("tslab")`);
  const cell = `m${session.count}`;
  expect(outcome).toEqual({ status: "ok", result: { "text/plain": "true" } });
  expect(outputs).toMatchObject([
    { type: "display", cell, data: { "text/html": "<b>bold</b>" }, update: false },
    { type: "display", cell, data: { "image/png": "AQID" }, update: false },
    { type: "display", cell, data: { "text/plain": "one" }, update: false },
    { type: "display", cell, data: { "text/plain": "two" }, update: true },
  ]);
});

test("what a cell shows later belongs to it", async () => {
  await session.run(
    "const shown = new Promise<void>((done) => setTimeout(() => { tslab.display.text('late'); done() }, 1))",
  );
  const cell = `m${session.count}`;
  const { outputs } = await session.run("await shown");
  expect(outputs).toMatchObject([{ type: "display", cell, data: { "text/plain": "late" } }]);
});
