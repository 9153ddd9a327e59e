import { collectGarbage } from "../../kernel/src/collect-garbage.js";

test("what nobody holds is collected, and the callbacks for it were called", async () => {
  // Another test of this process may have exposed it.
  const { gc } = globalThis;
  let collected = 0;
  const registry = new FinalizationRegistry(() => {
    collected += 1;
  });
  const held = {};
  registry.register(held, undefined);
  (() => {
    for (let i = 0; i < 100; i++) registry.register({ i }, undefined);
  })();
  await collectGarbage();
  // One may still lie in a register of the loop.
  expect(collected).toBeGreaterThanOrEqual(99);
  expect(collected).toBeLessThanOrEqual(100);
  expect(held).toEqual({});
  expect(globalThis.gc).toBe(gc);
});
