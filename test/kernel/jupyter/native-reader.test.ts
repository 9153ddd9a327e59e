import { execFileSync } from "node:child_process";
import { closeSync, writeSync } from "node:fs";
import { loadLibc } from "../../../kernel/src/jupyter/libc.js";
import { NativeReader } from "../../../kernel/src/jupyter/native-reader.js";
import { OutputTurn } from "../../../kernel/src/jupyter/output-turn.js";

let pipes: { readonly stdout: { read: number; write: number }; readonly stderr: { read: number; write: number } };
let turn: OutputTurn;
let reader: NativeReader;
let received: string[];
let cell: string | undefined;
let onReceived: () => void;

beforeEach(() => {
  const libc = loadLibc();
  pipes = { stdout: libc.pipe(), stderr: libc.pipe() };
  turn = new OutputTurn();
  received = [];
  cell = "c1";
  onReceived = () => undefined;
  reader = new NativeReader({
    handle: { ends: { stdout: pipes.stdout.read, stderr: pipes.stderr.read }, log: 2, turn: turn.buffer },
    catchUp: () => undefined,
    cell: () => cell,
    isRunning: () => true,
    receive: (of, name, text) => {
      received.push(`${of} ${name} ${text}`);
      onReceived();
    },
  });
});

afterEach(() => {
  reader.close();
  for (const { read, write } of Object.values(pipes)) for (const fd of [read, write]) closeSync(fd);
});

test("what is written comes by itself, as output of the newest cell", async () => {
  const first = new Promise<void>((resolve) => {
    onReceived = resolve;
  });
  writeSync(pipes.stderr.write, "written by nobody we know");
  await first;
  expect(received).toEqual(["c1 stderr written by nobody we know"]);
});

test("a drain takes all that was written so far", () => {
  const text = "0123456789abcdef".repeat(4096);
  writeSync(pipes.stdout.write, text);
  reader.drain();
  expect(received.map((line) => line.slice("c1 stdout ".length)).join("") === text).toBe(true);
});

test("a letter whose bytes come in two reads is one letter, also when the main thread has read the first", () => {
  const [first, second] = [Buffer.from("é").subarray(0, 1), Buffer.from("é").subarray(1)];
  reader.received("c1", "stdout", first);
  writeSync(pipes.stdout.write, second);
  reader.drain();
  expect(received).toEqual(["c1 stdout é"]);
});

test("a main thread that was cut while it handled output does not stop the reader", async () => {
  const heard = new Promise<void>((resolve) => {
    onReceived = resolve;
  });
  // A cut runs no finally: the turn is never given back.
  Atomics.store(new Int32Array(turn.buffer), 0, 1);
  writeSync(pipes.stdout.write, "late");
  await heard;
  expect(received).toEqual(["c1 stdout late"]);
});

test("after a close nothing is read any more, before it everything", () => {
  writeSync(pipes.stdout.write, "last words");
  reader.close();
  expect(received).toEqual(["c1 stdout last words"]);
  writeSync(pipes.stdout.write, "too late");
  reader.drain();
  expect(received).toHaveLength(1);
});

test("children do not inherit the pipes", () => {
  const open = execFileSync("ls", ["/proc/self/fd"], { encoding: "utf8" }).split("\n");
  for (const { read, write } of Object.values(pipes)) {
    expect(open).not.toContain(String(read));
    expect(open).not.toContain(String(write));
  }
});
