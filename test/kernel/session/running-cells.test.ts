import { SessionClient } from "../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

test("what a timer of a cell prints belongs to it, also while another cell runs", async () => {
  await session.run("let tick: () => void; const ticked = new Promise<void>((done) => (tick = done));");
  await session.run('setTimeout(() => { console.log("from the timer"); tick() }, 1)');
  const timer = `m${session.count}`;
  await session.run('console.log("before"); await ticked; console.log("after")');
  expect(await session.printedBy(timer)).toBe("from the timer\n");
  expect(await session.printedBy(`m${session.count}`)).toBe("before\nafter\n");
});

test("what a promise of a cell prints belongs to it, whichever cell resolves it", async () => {
  await session.run("let go: () => void; const gate = new Promise<void>((done) => (go = done));");
  await session.run('void gate.then(() => console.log("from the promise"))');
  const promise = `m${session.count}`;
  await session.run('go(); await null; console.log("resolved")');
  expect(await session.printedBy(promise)).toBe("from the promise\n");
  expect(await session.printedBy(`m${session.count}`)).toBe("resolved\n");
});

test("a cell runs while another one awaits, and each keeps its own output and result", async () => {
  await session.run("let open: (value: number) => void; const door = new Promise<number>((done) => (open = done));");
  const first = await session.start(
    'console.log("first waits"); const got = await door; console.log("first goes on"); got',
  );
  const second = await session.run('console.log("second"); open(42); "done"');
  expect(second.outcome).toEqual({ status: "ok", result: { "text/plain": "'done'" } });
  expect(await first.ended).toEqual({ status: "ok", result: { "text/plain": "42" } });
  expect(await session.printedBy(first.cell)).toBe("first waits\nfirst goes on\n");
  expect(await session.printedBy(`m${session.count}`)).toBe("second\n");
});

test("an interrupt ends one of the cells that run, the other one goes on", async () => {
  await session.run("let release: () => void; const held = new Promise<void>((done) => (release = done));");
  const stopped = await session.start('await held; "not reached"');
  const other = await session.start('await held; "reached"');
  await session.interrupt(stopped.cell);
  expect(await stopped.ended).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  await session.run("release()");
  expect(await other.ended).toEqual({ status: "ok", result: { "text/plain": "'reached'" } });
});

test("an interrupted cell may clean up and await meanwhile, for a moment", async () => {
  const { cell, ended } = await session.start(
    'try { await new Promise(() => {}) } finally { await null; console.log("cleaned up"); await new Promise(() => {}) }',
  );
  await session.interrupt(cell);
  expect(await ended).toMatchObject({ ename: "KeyboardInterrupt" });
  expect(await session.printedBy(cell)).toBe("cleaned up\n");
});

test("a cell that catches the interrupt sees what it is, and ends as interrupted all the same", async () => {
  const { cell, ended } = await session.start(
    "try { await new Promise(() => {}) } catch (error) { console.log(error.name, error.message) }",
  );
  await session.interrupt(cell);
  expect(await ended).toMatchObject({ ename: "KeyboardInterrupt" });
  expect(await session.printedBy(cell)).toBe("KeyboardInterrupt The cell was interrupted\n");
});

test("an interrupted loop over an async iterable lets it return", async () => {
  await session.run(
    "async function* endless() { try { yield 1; await new Promise(() => {}) } finally { console.log('returned') } }",
  );
  const { cell, ended } = await session.start("for await (const n of endless()) console.log(n)");
  await session.interrupt(cell);
  expect(await ended).toMatchObject({ ename: "KeyboardInterrupt" });
  expect(await session.printedBy(cell)).toContain("1\n");
});

test("for await goes over plain iterables, iterables of promises and async ones", async () => {
  const code = `const seen: unknown[] = [];
for await (const n of [1, Promise.resolve(2)]) seen.push(n);
for await (const n of new Set([3])) seen.push(n);
for await (const n of (async function* () { yield 4 })()) seen.push(n);
for await (const n of "56") { seen.push(n); if (n === "5") break }
seen`;
  expect(await session.show(code)).toBe("[ 1, 2, 3, 4, '5' ]");
});

test("expressions of a client see the names of cells, may await, and each fails alone", async () => {
  await session.run("let answer = 42; class Boat {}");
  expect(
    await session.evaluate({
      sum: "answer + 1",
      late: "await Promise.resolve('late')",
      broken: "answer +",
      gone: "nowhere",
    }),
  ).toMatchObject({
    sum: { status: "ok", data: { "text/plain": "43" } },
    late: { status: "ok", data: { "text/plain": "'late'" } },
    broken: { status: "error", ename: "SyntaxError" },
    gone: { status: "error", ename: "ReferenceError", evalue: "nowhere is not defined" },
  });
});

test("what an expression prints belongs to its cell", async () => {
  await session.run("1");
  await session.evaluate({ said: 'console.log("from the client")' });
  expect(await session.printedBy(`m${session.count}`)).toBe("from the client\n");
});
