import { tableOf } from "../../../../kernel/src/session/display/table-of.js";

test("values that are no list of records have no table", () => {
  for (const value of [[], [1], [[1]], [{}], [{ a: 1 }, null], { a: 1 }, "text", [new Date(0)], [new Map()]]) {
    expect(tableOf(value)).toBe(undefined);
  }
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
