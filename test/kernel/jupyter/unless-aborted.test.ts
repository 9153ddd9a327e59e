import { unlessAborted } from "../../../kernel/src/jupyter/unless-aborted.js";

const never = new Promise<string>(() => undefined);

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
