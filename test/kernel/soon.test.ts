import { soon } from "../../kernel/src/soon.js";

const never = new Promise<string>(() => undefined);

test("what comes in time is given, what fails or comes too late is not", async () => {
  expect(await soon(Promise.resolve("now"), 10_000)).toBe("now");
  expect(await soon(Promise.reject(new Error("no")), 10_000)).toBeUndefined();
  expect(await soon(never, 1)).toBeUndefined();
});
