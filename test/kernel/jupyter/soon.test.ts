import { soon } from "../../../kernel/src/jupyter/soon.js";
import { unlessAborted } from "../../../kernel/src/jupyter/unless-aborted.js";

const never = new Promise<string>(() => undefined);

test("what comes in time is given, what fails or comes too late is not", async () => {
  expect(await soon(Promise.resolve("now"), 10_000)).toBe("now");
  expect(await soon(Promise.reject(new Error("no")), 10_000)).toBeUndefined();
  expect(await soon(never, 1)).toBeUndefined();
});

test("nothing is given after an abort, also one that came before", async () => {
  const abort = new AbortController();
  expect(await unlessAborted(Promise.resolve("now"), abort.signal)).toBe("now");
  const cut = unlessAborted(never, abort.signal);
  abort.abort();
  expect(await cut).toBeUndefined();
  expect(await unlessAborted(never, abort.signal)).toBeUndefined();
});

test("what fails before an abort fails", async () => {
  const { signal } = new AbortController();
  await expect(unlessAborted(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
});
