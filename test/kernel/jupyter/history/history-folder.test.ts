import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Entry } from "../../../../kernel/src/jupyter/history/entry.js";
import { HistoryFolder } from "../../../../kernel/src/jupyter/history/history-folder.js";

let place: string;
let path: string;
let folder: HistoryFolder;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "dagbook-history-"));
  path = join(place, "dagbook", "history");
  folder = new HistoryFolder(path);
});

afterEach(() => rmSync(place, { recursive: true, force: true }));

test("a folder that does not exist holds no sessions", async () => {
  expect(await folder.sessions()).toEqual([]);
  expect(await folder.read(1)).toEqual([]);
});

test("sessions get ascending numbers and keep what was appended, in its order", async () => {
  expect(await folder.claim()).toBe(1);
  expect(await folder.claim()).toBe(2);
  await folder.append(2, [entry(1, "const a = 1"), entry(2, "a +\n  1")]);
  await folder.append(2, [entry(3, '"ä 😀"')]);
  expect(await new HistoryFolder(path).read(2)).toEqual([
    { session: 2, line: 1, input: "const a = 1", output: undefined },
    { session: 2, line: 2, input: "a +\n  1", output: undefined },
    { session: 2, line: 3, input: '"ä 😀"', output: undefined },
  ]);
  expect(await folder.sessions()).toEqual([1, 2]);
});

test("kernels that start at the same moment get different numbers", async () => {
  const numbers = await Promise.all(Array.from({ length: 20 }, () => new HistoryFolder(path).claim()));
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

test("nobody but the user may read what was typed", async () => {
  await folder.claim();
  await folder.rewrite(1, [entry(1, "secret")]);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(statSync(join(path, "000001.jsonl")).mode & 0o777).toBe(0o600);
});

test("a line that a crash cut in two is skipped, as is a line that is no entry", async () => {
  await folder.claim();
  await folder.append(1, [entry(1, "whole")]);
  appendFileSync(join(path, "000001.jsonl"), '{}\n[1]\n["1","x"]\n[1.5,"x"]\nnull\n[2,"cut');
  expect((await folder.read(1)).map(({ input }) => input)).toEqual(["whole"]);
});

test("a session that is rewritten holds the new cells alone, and no draft stays", async () => {
  await folder.claim();
  await folder.append(1, [entry(1, "old")]);
  await folder.rewrite(1, [entry(2, "new")]);
  expect((await folder.read(1)).map(({ input }) => input)).toEqual(["new"]);
  expect(readdirSync(path)).toEqual(["000001.jsonl"]);
});

test("of more than 200 sessions the oldest go when the next one starts", async () => {
  await folder.claim();
  for (let session = 2; session <= 203; session++) writeFileSync(fileOf(session), "");
  expect(await folder.claim()).toBe(204);
  expect(await folder.sessions()).toEqual(Array.from({ length: 201 }, (_, index) => index + 4));
});

test("of more than 16 MB the oldest sessions go when the next one starts", async () => {
  await folder.claim();
  for (let session = 1; session <= 5; session++) writeFileSync(fileOf(session), "x".repeat(4 << 20));
  await folder.claim();
  expect(await folder.sessions()).toEqual([2, 3, 4, 5, 6]);
});

test("files of others in the folder are left alone", async () => {
  await folder.claim();
  const others = ["notes.txt", "1.jsonl", `${"9".repeat(20)}.jsonl`];
  for (const name of others) writeFileSync(join(path, name), "");
  expect(await folder.claim()).toBe(2);
  expect(readdirSync(path)).toEqual(expect.arrayContaining(others));
});

test("a place where no folder can be made is an error of the file system", async () => {
  writeFileSync(join(place, "dagbook"), "");
  await expect(folder.claim()).rejects.toThrow(/ENOTDIR|EEXIST/);
  expect(readFileSync(join(place, "dagbook"), "utf8")).toBe("");
});

function entry(line: number, input: string): Entry {
  return { session: 0, line, input, output: undefined };
}

function fileOf(session: number): string {
  return join(path, `${String(session).padStart(6, "0")}.jsonl`);
}
