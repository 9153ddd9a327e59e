import { SessionClient } from "../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

/** What the kernel, or a package it is made of, uses of Node while cells run. */
const taken = [
  "queueMicrotask structuredClone URL Buffer process performance setTimeout setImmediate clearTimeout",
  "TextEncoder TextDecoder AbortController console",
].join(" ");

test("cells that take names of Node leave the kernel's own work as it is", async () => {
  const names = taken.split(" ");
  const { outcome } = await session.run(names.map((name) => `const ${name} = "mine";`).join(" "));
  expect(outcome.status).toBe("ok");
  expect((await session.run("1 + 1")).outcome).toMatchObject({ status: "ok", result: { "text/plain": "2" } });
  expect((await session.run("%time 2 + 2")).outcome.status).toBe("ok");
  expect((await session.run('import missing from "no-such-package"')).outcome).toMatchObject({
    status: "error",
    ename: "ImportError",
  });
  expect((await session.run("URL")).outcome).toMatchObject({ result: { "text/plain": "'mine'" } });
});
