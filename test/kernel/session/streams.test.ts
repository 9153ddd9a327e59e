import { SessionClient } from "../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

test("prints, errors and displays come in the order they were made, each with the id of its cell", async () => {
  const { outputs } = await session.run(
    'console.log({ a: [1, "x"] }, "%s", 3); console.error("bad"); display(1); process.stdout.write("no newline")',
  );
  const cell = `m${session.count}`;
  expect(outputs).toEqual([
    { type: "stream", cell, name: "stdout", text: "{ a: [ 1, 'x' ] } %s 3\n" },
    { type: "stream", cell, name: "stderr", text: "bad\n" },
    { type: "display", cell, data: { "text/plain": "1" }, metadata: {}, displayId: expect.any(String), update: false },
    { type: "stream", cell, name: "stdout", text: "no newline" },
  ]);
});

test("what is printed after a cell has ended belongs to it", async () => {
  await session.run(
    'const printed = new Promise<void>((done) => setTimeout(() => { console.log("late"); done() }, 5))',
  );
  const cell = `m${session.count}`;
  // No cell runs while the timer fires: this only asks.
  let late: Awaited<ReturnType<typeof session.outputs>> = [];
  while (late.length === 0) late = await session.outputs();
  expect(late).toEqual([{ type: "stream", cell, name: "stdout", text: "late\n" }]);
});

test("bytes of a letter that come in two writes are one letter", async () => {
  const cell =
    'const bytes = Buffer.from("é"); process.stdout.write(bytes.subarray(0, 1)); process.stdout.write(bytes.subarray(1))';
  expect(await session.printed(cell)).toBe("é");
});

test("a write calls back and says that more may come", async () => {
  const cell =
    'await new Promise<void>((done) => process.stdout.write("a", "utf8", () => done())); process.stdout.write("b")';
  expect(await session.show(cell)).toBe("true");
});

test("cells write to no terminal", async () => {
  expect(await session.show("process.stdout.isTTY")).toBe("false");
});

test("20,000 lines come complete and in order", async () => {
  const lines = (await session.printed('for (let i = 0; i < 20_000; i++) console.log("line " + i)')).split("\n");
  expect(lines).toEqual([...Array.from({ length: 20_000 }, (_, index) => `line ${index}`), ""]);
});
