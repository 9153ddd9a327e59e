import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers";
import type { Entry } from "../../../../kernel/src/jupyter/history/entry.js";
import { History } from "../../../../kernel/src/jupyter/history/history.js";
import { HistoryFolder } from "../../../../kernel/src/jupyter/history/history-folder.js";

let path: string;
let lines: string[];

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "dagbook-history-"));
  lines = [];
});

afterEach(() => rmSync(path, { recursive: true, force: true }));

test("the tail goes back into earlier sessions, those of this one at the end", async () => {
  await ended(["a1", "a2"], ["b1", "b2"]);
  const history = started();
  history.add(1, "c1");
  expect(shown(await history.tail(4))).toEqual(["1/2 a2", "2/1 b1", "2/2 b2", "3/1 c1"]);
  expect(shown(await history.tail(2))).toEqual(["2/2 b2", "3/1 c1"]);
  expect(shown(await history.tail(1))).toEqual(["3/1 c1"]);
  expect(await history.tail(0)).toEqual([]);
  expect(await history.tail(-1)).toEqual([]);
  expect(await history.tail(1e9)).toHaveLength(5);
});

test("a range is of one session: 0 is this one, -1 the one before, a positive number that one", async () => {
  await ended(["a1", "a2", "a3"], ["b1"]);
  const history = started();
  history.add(1, "c1");
  expect(shown(await history.range(0, 1, undefined))).toEqual(["3/1 c1"]);
  expect(shown(await history.range(3, 1, undefined))).toEqual(["3/1 c1"]);
  expect(shown(await history.range(-1, 1, undefined))).toEqual(["2/1 b1"]);
  expect(shown(await history.range(-2, 2, undefined))).toEqual(["1/2 a2", "1/3 a3"]);
  expect(shown(await history.range(1, 1, 3))).toEqual(["1/1 a1", "1/2 a2"]);
  expect(await history.range(-9, 0, undefined)).toEqual([]);
  expect(await history.range(9, 0, undefined)).toEqual([]);
});

test("a kernel in which nothing has run yet counts as the session after the last one", async () => {
  await ended(["a1"]);
  const history = started();
  expect(await history.range(0, 0, undefined)).toEqual([]);
  expect(shown(await history.range(-1, 0, undefined))).toEqual(["1/1 a1"]);
});

test("a search finds by glob over the whole cell, the oldest first", async () => {
  await ended(["let x = 1", "x + 1"], ["let y = 2"]);
  const history = started();
  history.add(1, "let x = 1");
  history.add(2, "x");
  const find = (pattern: string, count: number | undefined, unique: boolean) =>
    history.search(pattern, { count, unique }).then(shown);
  expect(await find("let*", undefined, false)).toEqual(["1/1 let x = 1", "2/1 let y = 2", "3/1 let x = 1"]);
  expect(await find("let*", 2, false)).toEqual(["2/1 let y = 2", "3/1 let x = 1"]);
  expect(await find("let*", 0, false)).toEqual([]);
  expect(await find("let*", undefined, true)).toEqual(["2/1 let y = 2", "3/1 let x = 1"]);
  expect(await find("let*", 1, true)).toEqual(["3/1 let x = 1"]);
  expect(await find("x", undefined, false)).toEqual(["3/2 x"]);
});

test("two kernels that run at once keep their cells apart and see each other's", async () => {
  const first = started();
  const second = started();
  first.add(1, "first");
  await first.written();
  second.add(1, "second");
  await second.written();
  first.add(2, "again");
  await first.written();
  expect(shown(await second.tail(9))).toEqual(["1/1 first", "1/2 again", "2/1 second"]);
  expect(shown(await first.tail(9))).toEqual(["2/1 second", "1/1 first", "1/2 again"]);
});

test("the result of a cell is known in its own session, and only there", async () => {
  const history = started();
  history.add(1, "40 + 2");
  history.add(2, "let a");
  history.setOutput(1, "42");
  history.setOutput(7, "of no cell");
  expect((await history.tail(2)).map(({ output }) => output)).toEqual(["42", undefined]);
  await history.written();
  expect((await started().tail(2)).map(({ output }) => output)).toEqual([undefined, undefined]);
});

test("a long result is cut, a cell of a million characters or of blanks alone is not kept", async () => {
  const history = started();
  history.add(1, "x".repeat(1_000_000));
  history.add(2, " \n\t");
  history.add(3, "1");
  history.setOutput(3, "y".repeat(1_000_000));
  const [kept, ...others] = await history.tail(9);
  expect(others).toEqual([]);
  expect(kept).toMatchObject({ line: 3, output: "y".repeat(1 << 16) });
});

test("a session of more than a million characters forgets its oldest half, on disk too", async () => {
  const history = started();
  for (let line = 1; line <= 11; line++) history.add(line, String(line).padEnd(100_000, "x"));
  const known = (await history.tail(99)).map(({ line }) => line);
  expect(known).toEqual([7, 8, 9, 10, 11]);
  await history.written();
  expect((await started().tail(99)).map(({ line }) => line)).toEqual(known);
});

test("without a folder the cells of this session are known, and no others", async () => {
  const history = new History(undefined, (text) => lines.push(text));
  history.add(1, "a");
  expect(shown(await history.tail(9))).toEqual(["1/1 a"]);
  expect(lines).toEqual([]);
});

test("where nothing can be written it is said once, and the cells are known as long as the kernel runs", async () => {
  const file = join(path, "file");
  writeFileSync(file, "in the way");
  const history = started(join(file, "history"));
  for (const line of [1, 2, 3]) {
    history.add(line, `cell ${line}`);
    await history.written();
  }
  expect(shown(await history.tail(9))).toEqual(["1/1 cell 1", "1/2 cell 2", "1/3 cell 3"]);
  expect(shown(await history.search("*2", { count: undefined, unique: true }))).toEqual(["1/2 cell 2"]);
  expect(lines).toEqual([expect.stringMatching(/^the history is not written any more: Error: /)]);
  expect(readFileSync(file, "utf8")).toBe("in the way");
});

test("a session of very many cells is searched", async () => {
  writeFileSync(join(path, "000001.jsonl"), Array.from({ length: 200_000 }, (_, line) => `[${line},"x"]`).join("\n"));
  expect(shown(await started().search("x", { count: 2, unique: false }))).toEqual(["1/199998 x", "1/199999 x"]);
});

test("other requests have their turn while a hard search goes on", async () => {
  const history = new History(undefined, (text) => lines.push(text));
  for (let line = 1; line <= 3; line++) history.add(line, "a".repeat(200_000));
  let isTheirTurn = false;
  setImmediate(() => {
    isTheirTurn = true;
  });
  expect(await history.search(`*${"a".repeat(500)}b*`, { count: undefined, unique: false })).toEqual([]);
  expect(isTheirTurn).toBe(true);
});

function started(folder = path): History {
  return new History(new HistoryFolder(folder), (text) => lines.push(text));
}

/** Sessions that ran these cells and are over. */
async function ended(...sessions: readonly (readonly string[])[]): Promise<void> {
  for (const cells of sessions) {
    const history = started();
    cells.forEach((code, index) => {
      history.add(index + 1, code);
    });
    await history.written();
  }
}

function shown(entries: readonly Entry[]): readonly string[] {
  return entries.map(({ session, line, input }) => `${session}/${line} ${input}`);
}
