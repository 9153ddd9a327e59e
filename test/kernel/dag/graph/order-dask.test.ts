// Pressure of orders on the graphs of test/support/dask_order.py, with what Dask 2026.8.0 holds on them.
import { diagnostics } from "../../../../kernel/src/dag/graph/index.js";
import { numberedGraph, type OrderFixture, orderFixtures } from "../../../support/order-fixtures.js";

const peakOf = ({ needs }: OrderFixture) => diagnostics(numberedGraph(needs)).peak;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const ofFamily = (file: "families" | "larger", family: string) =>
  orderFixtures(file).filter(({ name }) => name === family);

test.each(["sparse", "layered", "banded"])("300 random graphs of 12 tasks, %s, get their best orders", (family) => {
  const graphs = ofFamily("families", family);
  expect(graphs).toHaveLength(300);
  expect(graphs.map(peakOf)).toEqual(graphs.map(({ optimum }) => optimum));
});

test.each([
  ["sparse", 5.2],
  ["layered", 5],
  ["banded", 3],
])("30 random graphs of 60 tasks, %s, hold %d results in the mean and never more than with Dask", (family, limit) => {
  const graphs = ofFamily("larger", family);
  const peaks = graphs.map(peakOf);
  expect(graphs).toHaveLength(30);
  expect(graphs.filter(({ dask }, i) => peaks[i]! > dask)).toEqual([]);
  // Dask: 6.9, 11.8 and 5.8.
  expect(mean(peaks)).toBeLessThan(limit);
});

test.each(orderFixtures("corpus").map((fixture) => [fixture.name, fixture.dask, fixture] as const))(
  "%s of Dask arrays holds at most the %i results it holds with Dask",
  (_, dask, fixture) => expect(peakOf(fixture)).toBeLessThanOrEqual(dask),
);
