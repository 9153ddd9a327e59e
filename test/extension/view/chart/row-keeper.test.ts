import { RowKeeper } from "../../../../extension/src/view/chart/row-keeper.js";

test("new rows are inserted, gone ones removed, changed ones modified field by field", () => {
  const keeper = new RowKeeper();
  const [a, b] = [
    { id: "a", x: 1, y: 1 },
    { id: "b", x: 2, y: 2 },
  ];
  expect(keeper.update([a, b])).toEqual({ insert: [a, b], remove: [], modify: [] });
  const c = { id: "c", x: 3, y: 3 };
  const changes = keeper.update([{ id: "a", x: 1, y: 9 }, c]);
  expect(changes).toEqual({ insert: [c], remove: [b], modify: [{ row: a, field: "y", value: 9 }] });
});

test("changes name the objects that were inserted: copies, so that a row may be in several views", () => {
  const keeper = new RowKeeper();
  const row = { id: 1, x: 1 };
  const first = keeper.update([row]).insert[0];
  expect(first).toEqual(row);
  expect(first).not.toBe(row);
  keeper.update([{ id: 1, x: 2 }]);
  const { modify } = keeper.update([{ id: 1, x: 3 }]);
  expect(modify[0]!.row).toBe(first);
  expect(keeper.update([]).remove[0]).toBe(first);
});

test("the same object again is no change, whatever happened to it since", () => {
  const keeper = new RowKeeper();
  const row = { id: 1, x: 1 };
  keeper.update([row]);
  row.x = 5;
  expect(keeper.update([row])).toEqual({ insert: [], remove: [], modify: [] });
});
