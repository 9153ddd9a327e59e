import { tableOf } from "../../../../kernel/src/session/display/table-of.js";

class Point {
  x = 1;
}
const wide = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`k${index}`, index]));

test.each<[string, unknown]>([
  ["nothing", []],
  ["numbers", [1]],
  ["lists", [[1]]],
  ["empty records", [{}]],
  ["records and null", [{ a: 1 }, null]],
  ["records and a hole", Object.assign(new Array(3), { 0: { a: 1 } })],
  ["dates", [new Date(0)]],
  ["maps", [new Map([["a", 1]])]],
  ["objects of a class, which has its own way to print", [new Point()]],
  ["proxies", [new Proxy({ a: 1 }, {})]],
  ["dictionaries of many keys", [wide]],
])("a list of %s has no table", (_, value) => {
  expect(tableOf(value)).toBe(undefined);
});

test("only lists have tables", () => {
  for (const value of [{ a: 1 }, "text", null, undefined, new Map([[1, { a: 1 }]]), new Set([{ a: 1 }])]) {
    expect(tableOf(value)).toBe(undefined);
  }
  expect(tableOf(new Float64Array(3))).toBe(undefined);
  expect(tableOf(new Proxy([{ a: 1 }], {}))).toBe(undefined);
});

test("records need no prototype, and a list may be of a class of its own", () => {
  const record = Object.assign(Object.create(null), { a: 1 });
  class Rows extends Array {
    override slice(): never {
      throw new Error("nobody asked");
    }
  }
  expect(tableOf([record])).toContain("<td>1</td>");
  expect(tableOf(Rows.from([record]))).toContain("<td>1</td>");
});

test("of a million rows only those that are shown are looked at", () => {
  let looked = 0;
  const row = () => ({
    get a() {
      looked += 1;
      return looked;
    },
  });
  const rows: object[] = Array.from({ length: 1_000_000 }, () => ({ a: 1 }));
  const trap = new Proxy(row(), {
    ownKeys: () => {
      looked += 1;
      return [];
    },
  });
  rows.fill(trap, 20);
  expect(tableOf(rows)).toContain("… 999980 more rows");
  expect(looked).toBe(0);
});

test("a table has at most 20 rows and 20 columns and says what it leaves out", () => {
  const record = Object.fromEntries(Array.from({ length: 25 }, (_, column) => [`c${column}`, column]));
  const table = tableOf(Array.from({ length: 1000 }, () => record)) ?? "";
  expect(table.match(/<tr>/g)?.length).toBe(21);
  expect(table.match(/<td>/g)?.length).toBe(400);
  expect(table.endsWith("<p>… 980 more rows, 5 more columns</p>")).toBe(true);
});

test("long and nested values are short in a cell", () => {
  const table = tableOf([{ text: "x".repeat(500), deep: { a: { b: 1 } } }]);
  expect(table).toContain(`<td>${"x".repeat(99)}…</td><td>{ a: [Object] }</td>`);
});
