import { SessionClient } from "../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

test("da.map takes constants and functions from cells as they are at the call", async () => {
  await session.run(`import { da } from "dagbook";
    let k: number = 2;
    const square = (v: number): number => v * v;
    const scaled = (v: number) => square(v) * k;
    const x = da.fromArray([1, 2, 3], { chunks: 2 });`);
  await session.run("const before = da.map(scaled, x);");
  await session.run("k = 10;");
  expect(await session.show("await da.map(scaled, x).add(before).sum().compute({ progress: false })")).toBe("168");
});

test("what da.map cannot compile runs on the workers, and its cell and line are told on stderr", async () => {
  const cell = `const looped = da.map((v: number) => {
    let sum = 0;
    while (sum < v) sum += k;
    return sum;
  }, x);`;
  const file = `cell-${session.count + 1}.ts`;
  expect(await session.printed(cell, "stderr")).toContain(`(${file}:1): it has a loop (${file}:3)`);
  expect(await session.show("await looped.sum().compute({ progress: false })")).toBe("30");
});
