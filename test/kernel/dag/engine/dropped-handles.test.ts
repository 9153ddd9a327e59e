import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { DroppedHandles } from "../../../../kernel/src/dag/engine/dropped-handles.js";

const script = fileURLToPath(new URL("../../../support/persist-and-drop.mjs", import.meta.url));

test.each(["local", "remote"])(
  "200 persisted arrays of 50 MB, dropped at once, go through 500 MB of memory without the disk (%s engine)",
  async (kind) => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, kind]);
    const { spilled, peak } = JSON.parse(stdout) as { spilled: number; peak: number };
    expect(spilled).toBe(0);
    expect(peak).toBeLessThanOrEqual(500e6);
  },
  120_000,
);

test("garbage is collected only when what may have been dropped is worth it, and not for an owner that has not answered", async () => {
  const dropped = new DroppedHandles();
  let answer: () => void = () => undefined;
  let asked = 0;
  dropped.collect = () => {
    asked += 1;
    return new Promise((resolve) => {
      answer = resolve;
    });
  };
  dropped.given(124);
  expect(dropped.free(1_000, 0)).toBeUndefined();
  dropped.given(1);
  const first = dropped.free(1_000, 0);
  expect(first).toBeDefined();
  dropped.given(1_000);
  expect(dropped.free(1_000, 0)).toBeUndefined();
  // It never answers: the wait ends all the same.
  await first;
  expect(dropped.free(1_000, 0)).toBeUndefined();
  answer();
  await Promise.resolve().then(() => undefined);
  const second = dropped.free(1_000, 0);
  answer();
  await second;
  expect(asked).toBe(2);
  // Bytes that the engine does not know count by what came since.
  expect(dropped.free(1_000, 124)).toBeUndefined();
  const third = dropped.free(1_000, 125);
  answer();
  await third;
  expect(dropped.free(1_000, 249)).toBeUndefined();
});

test("what was released since the last collection is no reason for another", async () => {
  const dropped = new DroppedHandles();
  let asked = 0;
  dropped.collect = async () => {
    asked += 1;
  };
  dropped.released(1_000, dropped.given(1_000));
  expect(dropped.free(1_000, 0)).toBeUndefined();
  const before = dropped.given(1_000);
  await dropped.free(1_000, 0);
  dropped.given(200);
  // It was counted for the first collection, not for the next.
  dropped.released(1_000, before);
  await dropped.free(1_000, 0);
  expect(asked).toBe(2);
});
