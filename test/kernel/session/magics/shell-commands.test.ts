import { SessionClient } from "../../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

test("what a command prints comes in its order, before what the cell prints afterwards", async () => {
  const { outcome, outputs } = await session.run(
    'console.log("before")\n!for i in 1 2 3; do echo $i; done; printf end\nconsole.log(" after")',
  );
  expect(outcome).toMatchObject({ status: "ok" });
  const text = outputs.map((output) => (output.type === "stream" ? output.text : "")).join("");
  expect(text).toBe("before\n1\n2\n3\nend after\n");
});

test("errors of a command go to standard error, its exit code is told and the cell goes on", async () => {
  const { outcome, outputs } = await session.run("!echo oops >&2; exit 3\n42");
  expect(outcome).toMatchObject({ result: { "text/plain": "42" } });
  expect(outputs.every((output) => output.type === "stream" && output.name === "stderr")).toBe(true);
  expect(await session.printedBy(`m${session.count}`)).toBe("oops\n[exit code 3]\n");
});

test("a command that does not exist says how a line is written as TypeScript", async () => {
  expect(await session.printed("!nowhere-to-be-found", "stderr")).toMatch(
    /\[exit code 127\] A line that begins with ! is a command for the shell: for TypeScript write \(!value\)\n$/,
  );
});

test("a command that a signal ends says so", async () => {
  expect(await session.printed("!kill -9 $$", "stderr")).toBe("[killed by SIGKILL]\n");
});

test("expressions in braces are inserted, braces of the shell stay", async () => {
  const cell = `const name = "world", files = { first: "a b" };
!echo hello {name} {files.first.toUpperCase()} {1 + 1}
!echo \${HOME:+home} '{a,b}' {{name}} {nowhere}`;
  expect(await session.printed(cell)).toBe("hello world A B {1 + 1}\nhome {a,b} {name} {nowhere}\n");
});

test("an error in an expression is that of the cell, and nothing is run", async () => {
  const { outcome, outputs } = await session.run("const empty = null\n!echo {empty.name}");
  expect(outcome).toMatchObject({ status: "error", ename: "TypeError" });
  expect(outputs).toEqual([]);
});

test("a command goes on in the next line after a backslash", async () => {
  expect(await session.printed("!echo one \\\n  two\n1")).toBe("one two\n");
});

test("letters that come in two pieces are whole, and 20,000 lines come complete", async () => {
  expect(await session.printed("!printf '\\303'; sleep 0.05; printf '\\244'")).toBe("ä");
  const lines = (await session.printed("!seq 20000")).split("\n");
  expect(lines).toEqual([...Array.from({ length: 20_000 }, (_, n) => String(n + 1)), ""]);
});

test("a command that reads its input finds the end of it", async () => {
  expect(await session.printed("!cat; echo done")).toBe("done\n");
});

test("what is left in the background does not hold up the cell", async () => {
  const { cell, ended } = await session.start("!sleep 600 & echo $!");
  await ended;
  process.kill(Number(await session.printedBy(cell)));
});

test("an interrupt ends a command and everything it started, and the rest of the cell does not run", async () => {
  const { cell, ended } = await session.start('!echo $$; sleep 600; echo "not reached"\nconsole.log("not run")');
  const pid = await printedPid(cell);
  await session.interrupt(cell);
  expect(await ended).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  await untilGone(pid);
  expect((await session.printedBy(cell)).trim()).toBe(String(pid));
  expect(await session.show('"next"')).toBe("'next'");
});

test("a command that does not listen to the interrupt is killed a second later", async () => {
  const { cell, ended } = await session.start("!trap '' INT; echo $$; sleep 600; echo again; sleep 600");
  const pid = await printedPid(cell);
  await session.interrupt(cell);
  expect(await ended).toMatchObject({ ename: "KeyboardInterrupt" });
  await untilGone(pid);
});

test("commands end with the session", async () => {
  const other = new SessionClient();
  const { cell, ended } = await other.start("!echo $$; sleep 600");
  ended.catch(() => undefined);
  let pid = "";
  while (pid === "") pid = await other.printedBy(cell);
  await other.close();
  await untilGone(Number(pid));
});

async function printedPid(cell: string): Promise<number> {
  let text = "";
  while (text === "") text = await session.printedBy(cell);
  return Number(text);
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await session.outputs();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
