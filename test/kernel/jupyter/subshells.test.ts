import type { QueuedCell } from "../../../kernel/src/jupyter/shell-queue.js";
import { Subshells } from "../../../kernel/src/jupyter/subshells.js";
import type { Header, Message } from "../../../kernel/src/jupyter/wire/message.js";

/** Cells that are served, with the reason why they must not run. */
let served: string[];
let release: (() => void)[];
let subshells: Subshells;

beforeEach(() => {
  served = [];
  release = [];
  subshells = new Subshells(({ request, aborted }: QueuedCell) => {
    served.push(`${request.header.msg_id}${aborted === undefined ? "" : ` ${aborted}`}`);
    return new Promise((done) => release.push(done));
  });
});

test("a shell runs its cells one at a time, another one beside it", async () => {
  const id = subshells.create();
  add("m1", null);
  add("m2", null);
  add("s1", id);
  expect(served).toEqual(["m1", "s1"]);
  await next(1);
  expect(served).toEqual(["m1", "s1"]);
  await next(0);
  expect(served).toEqual(["m1", "s1", "m2"]);
  add("s2", id);
  expect(served.at(-1)).toBe("s2");
});

test("the cells that wait in a shell that is aborted fail in their turn, those of others run", async () => {
  const id = subshells.create();
  for (const cell of ["m1", "m2"]) add(cell, null);
  for (const cell of ["s1", "s2"]) add(cell, id);
  subshells.abort("because", id);
  subshells.abort("for another reason", id);
  await next(0);
  await next(1);
  expect(served).toEqual(["m1", "s1", "m2", "s2 because"]);
});

test("without an id all shells are aborted, null is the main one", async () => {
  const id = subshells.create();
  for (const cell of ["m1", "m2"]) add(cell, null);
  for (const cell of ["s1", "s2", "s3"]) add(cell, id);
  subshells.abort("main", null);
  subshells.abort("all", undefined);
  await next(0);
  await next(1);
  await next(2);
  expect(served).toEqual(["m1", "s1", "m2 main", "s2 all"]);
});

test("of a subshell that is deleted the running cell ends, those that wait fail, new ones are refused", async () => {
  const id = subshells.create();
  expect(subshells.ids).toEqual([id]);
  add("s1", id);
  add("s2", id);
  subshells.delete(id);
  expect(subshells.ids).toEqual([]);
  expect(() => add("s3", id)).toThrow(`There is no subshell "${id}": create one with create_subshell_request`);
  expect(() => subshells.delete(id)).toThrow("There is no subshell");
  await next(0);
  expect(served).toEqual(["s1", "s2 its subshell was deleted"]);
});

test.each([5, {}, "", "__proto__"])("the subshell id %j is refused", (id) => {
  expect(() => add("c", id)).toThrow("There is no subshell");
});

function add(msgId: string, subshell: unknown): void {
  const header = { msg_id: msgId, msg_type: "execute_request", subshell_id: subshell } as unknown as Header;
  subshells.queueOf(header).add("shell", { header } as Message);
}

/** The cell that was served as that one ends. */
async function next(index: number): Promise<void> {
  release[index]();
  // The queue goes on in promise jobs.
  await new Promise(setImmediate);
}
