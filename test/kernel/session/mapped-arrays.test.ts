import { SessionClient } from "../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

test("da.map takes constants and functions from cells as they are at the call, and names the cell of what it cannot compile", async () => {
  await session.run(`import { da } from "dagbook";
    let k: number = 2;
    const square = (v: number): number => v * v;
    const scaled = (v: number) => square(v) * k;
    const x = da.fromArray([1, 2, 3], { chunks: 2 });`);
  const first = await session.run(
    "const before = da.map(scaled, x);\nk = 10;\nawait da.map(scaled, x).add(before).sum().compute()",
  );
  expect(first).toMatchObject({ outputs: [{ type: "result", data: { "text/plain": "168" } }] });
  const { outputs } = await session.run(
    "const looped = da.map((v: number) => {\n  let s = 0;\n  while (s < v) s += k;\n  return s;\n}, x);\nawait looped.sum().compute()",
  );
  expect(outputs).toMatchObject([
    {
      type: "stream",
      name: "stderr",
      text: expect.stringMatching(/could not compile function \S+ \(cell-3\.ts:1\): it has a loop \(cell-3\.ts:3\)/),
    },
    { type: "result", data: { "text/plain": "30" } },
  ]);
});
