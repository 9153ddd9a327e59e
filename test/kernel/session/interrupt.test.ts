import { SessionClient } from "../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

const stopped: readonly (readonly [title: string, code: string])[] = [
  ["a loop", "stop(); while (true) {}"],
  ["a loop after an await", "await new Promise((done) => setTimeout(done, 1)); stop(); while (true) {}"],
  ["an await that never ends", "stop(); await new Promise(() => {})"],
  ["an endless chain of promises", "stop(); for (;;) await null"],
  ["a loop that catches everything", "stop(); while (true) { try { while (true) {} } catch {} }"],
  ["a loop that goes on in finally", "stop(); while (true) { try { while (true) {} } finally { continue } }"],
  ["a regular expression that backtracks", 'stop(); /(a+)+$/.test("a".repeat(40) + "b")'],
  [
    "a loop in a timer that the cell awaits",
    "await new Promise(() => setTimeout(() => { stop(); while (true) {} }, 1))",
  ],
  ["Atomics.wait", "stop(); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"],
  ["a property that loops while it is shown", "({ get [Symbol.toStringTag]() { stop(); while (true) {} } })"],
];

test.each(stopped)("an interrupt ends %s and the session stays as it was", async (_, code) => {
  await session.run("let kept = 41");
  expect((await session.run(code)).outcome).toMatchObject({ status: "error", ename: "KeyboardInterrupt", evalue: "" });
  expect(await session.show("kept += 1")).toBe("42");
  expect(await session.show('await new Promise((done) => setTimeout(done, 1, "timers run"))')).toBe("'timers run'");
});

const afterwards: readonly (readonly [title: string, code: string])[] = [
  ["a timer", "setTimeout(() => { stop(); while (true) {} }, 0); 1"],
  ["a promise", "Promise.resolve().then(() => { stop(); while (true) {} }); 1"],
  ["nextTick", "process.nextTick(() => { stop(); while (true) {} }); 1"],
  ["an immediate", "setImmediate(() => { stop(); while (true) {} }); 1"],
];

test.each(afterwards)("the next cell runs after an interrupt of a loop in %s", async (_, code) => {
  await session.run(`let kept = 41; ${code}`);
  await session.untilStopped();
  expect(await session.show("kept += 1")).toBe("42");
});

test("what an interrupted cell does later changes no later outcome", async () => {
  await session.run("let release: (value: string) => void; const gate = new Promise((done) => (release = done))");
  await session.run('stop(); await gate; throw new Error("too late")');
  expect(await session.show('release("now"); await null; "unharmed"')).toBe("'unharmed'");
});

test("an interrupt between cells does nothing", async () => {
  await session.run("stop(); 1");
  await session.untilStopped();
  expect(await session.show("2")).toBe("2");
});
