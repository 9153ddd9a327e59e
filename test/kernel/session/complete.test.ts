import { SessionClient } from "../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

const matches = async (code: string, cursorPos?: number) =>
  (await session.complete(code, cursorPos)).entries.map(({ text }) => text);

beforeAll(async () => {
  await session.run(`
    let touched = 0;
    class Base { get loud(): number { touched += 1; return 1 } inherited() {} }
    class Table extends Base { rows = [{ label: "a" }]; get first() { touched += 1; return this.rows } }
    const tableOne = new Table(), tableTwo = 2;
    const trap = new Proxy({ inner: 1 }, { get() { touched += 1 }, ownKeys() { touched += 1; return [] } });`);
});

test("variables of cells, of this cell and keywords complete a name", async () => {
  expect(await matches("table")).toEqual(["tableOne", "tableTwo"]);
  expect(await matches("const tableau = 1; tabl")).toEqual(["tableau", "tableOne", "tableTwo"]);
  expect(await matches("cons")).toEqual(["const", "console"]);
});

test("a dotted path completes own properties first, then those of the prototypes", async () => {
  const members = await matches("tableOne.");
  expect(members.slice(0, 4)).toEqual(["rows", "constructor", "first", "inherited"]);
  expect(await matches("tableOne.rows[0].la")).toEqual(["label"]);
  expect(await matches("f(tableOne!.rows?.le")).toEqual(["length"]);
  expect(await matches("process.versions.nod")).toEqual(["node"]);
});

test("only the last name is replaced, counted in code points", async () => {
  expect(await session.complete('const 𝒳 = "💥"; tableOne.ro')).toEqual({
    entries: [{ text: "rows", type: "" }],
    cursorStart: 24,
    cursorEnd: 26,
  });
  expect(await session.complete("tableOne.ro + 1", 11)).toMatchObject({ cursorStart: 9, cursorEnd: 11 });
});

test("nothing of the user's runs: getters, proxies and calls end the search", async () => {
  for (const code of ["tableOne.first.", "tableOne.loud.", "trap.", "trap.inner.", "f().", "missing.", "1.", "'a'."]) {
    expect([code, await matches(code)]).toEqual([code, []]);
  }
  expect(await session.show("touched")).toBe("0");
});
