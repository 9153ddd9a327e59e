import { SessionClient } from "../../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

const matches = async (code: string, cursorPos?: number) =>
  (await session.complete(code, cursorPos)).entries.map(({ text }) => text);

test("names and values of cells complete, without running anything of theirs", async () => {
  await session.run(`
    let touched = 0;
    class Table { rows = [{ label: "a" }]; get first() { touched += 1; return this.rows } }
    const tableOne = new Table(), tableTwo: number = 2;
    const trap = new Proxy({ inner: 1 }, { get() { touched += 1 }, ownKeys() { touched += 1; return [] } });`);
  expect(await matches("table")).toEqual(["tableOne", "tableTwo"]);
  expect(await matches("tableOne.rows[0].la")).toEqual(["label"]);
  expect(await matches("tableOne.first.")).toEqual([]);
  expect(await matches("trap.")).toEqual([]);
  expect(await matches("process.versions.nod")).toEqual(["node"]);
  expect(await session.show("touched")).toBe("0");
});

test("exports of a module complete once a cell has imported it", async () => {
  await session.run('import * as colors from "node:util"');
  expect(await matches('import { styleTe } from "node:util"', 16)).toEqual(["styleText"]);
  expect(await matches("colors.styleTe")).toEqual(["styleText"]);
});
