import { countDependents } from "../../../../../kernel/src/dag/engine/policies/count-dependents.js";
import { type Links, reverseLinks } from "../../../../../kernel/src/dag/graph/links.js";
import { seededRandom } from "../../../../support/graphs.js";
import { randomSums } from "../../../../support/random-graphs.js";

function linksOf(needs: readonly (readonly number[])[]): Links {
  const start = [0];
  for (const row of needs) start.push(start.at(-1)! + row.length);
  return { size: needs.length, start: Int32Array.from(start), to: Int32Array.from(needs.flat()) };
}

const countsOf = (links: Links, mostSteps?: number) => [...countDependents(links, reverseLinks(links), mostSteps)];

/** By walking from each task. */
function walked(dependencies: Links): number[] {
  const { start, to } = reverseLinks(dependencies);
  return Array.from({ length: dependencies.size }, (_, root) => {
    const seen = new Set<number>();
    const stack = [root];
    for (let task = stack.pop(); task !== undefined; task = stack.pop()) {
      for (const dependent of to.subarray(start[task], start[task + 1])) {
        if (!seen.has(dependent)) stack.push(dependent);
        seen.add(dependent);
      }
    }
    return seen.size;
  });
}

// 0 — 1 — 3
//   \ 2 /
test("a result that depends on a task in two ways counts once", () => {
  expect(countsOf(linksOf([[], [0], [0], [1, 2]]))).toEqual([3, 1, 1, 0]);
});

test("counts are those of a walk from every task, and the cheap ones are never lower", () => {
  const random = seededRandom(1);
  for (let i = 0; i < 40; i++) {
    const { size, dependencyStart, dependencies } = randomSums(1 + Math.floor(random() * 99), 1.5, random);
    const links = { size, start: dependencyStart, to: dependencies };
    const exact = walked(links);
    expect(countsOf(links)).toEqual(exact);
    const bound = countsOf(links, 0);
    for (const [task, count] of exact.entries()) {
      expect(bound[task]).toBeGreaterThanOrEqual(count);
      expect(bound[task]).toBeLessThan(size);
    }
  }
});

// a ladder: twice as many paths with each step
test("2^5000 paths do not overflow", () => {
  const needs: number[][] = [[]];
  for (let i = 0; i < 5_000; i++) {
    const below = needs.length - 1;
    needs.push([below], [below], [below + 1, below + 2]);
  }
  const counts = countsOf(linksOf(needs), 0);
  expect(counts[0]).toBe(needs.length - 1);
  expect(counts.at(-1)).toBe(0);
});
