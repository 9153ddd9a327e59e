import { SessionClient } from "../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

beforeAll(async () => {
  await session.run(`
    let touched = 0;
    class Base { get loud(): number { touched += 1; return 1 } inherited() {} }
    class Table extends Base { rows = [{ label: "a" }]; get first() { touched += 1; return this.rows } }
    const tableOne = new Table(), tableTwo = 2;
    const trap = new Proxy({ inner: 1 }, { get() { touched += 1 }, ownKeys() { touched += 1; return [] } });`);
});

test("variables of cells, of this cell and keywords complete a name", async () => {
  expect((await session.complete("table")).matches).toEqual(["tableOne", "tableTwo"]);
  expect((await session.complete("const tableau = 1; tabl")).matches).toEqual(["tableau", "tableOne", "tableTwo"]);
  expect((await session.complete("cons")).matches).toEqual(["const", "console"]);
});

test("a dotted path completes own properties first, then those of the prototypes", async () => {
  const { matches } = await session.complete("tableOne.");
  expect(matches.slice(0, 4)).toEqual(["rows", "constructor", "first", "inherited"]);
  expect((await session.complete("tableOne.rows[0].la")).matches).toEqual(["label"]);
  expect((await session.complete("f(tableOne!.rows?.le")).matches).toEqual(["length"]);
  expect((await session.complete("process.versions.nod")).matches).toEqual(["node"]);
});

test("only the last name is replaced, counted in code points", async () => {
  expect(await session.complete('const 𝒳 = "💥"; tableOne.ro')).toEqual({
    matches: ["rows"],
    cursorStart: 24,
    cursorEnd: 26,
  });
  expect(await session.complete("tableOne.ro + 1", 11)).toEqual({ matches: ["rows"], cursorStart: 9, cursorEnd: 11 });
});

test("nothing of the user's runs: getters, proxies and calls end the search", async () => {
  for (const code of ["tableOne.first.", "tableOne.loud.", "trap.", "trap.inner.", "f().", "missing.", "1.", "'a'."]) {
    expect([code, (await session.complete(code)).matches]).toEqual([code, []]);
  }
  expect(await session.show("touched")).toBe("0");
});
