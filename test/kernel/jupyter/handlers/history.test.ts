import { PlayedKernel } from "../../../support/played-kernel.js";

let played: PlayedKernel;
let asked = 0;

beforeEach(() => {
  played = new PlayedKernel();
  const { history } = played.kernel;
  for (let line = 1; line <= 12; line++) history.add(line, `cell ${line}`);
  history.setOutput(12, "twelve");
});

afterEach(() => played.close());

test("the tail has as many cells as asked for, 10 if nothing is said", async () => {
  const tail = { hist_access_type: "tail", output: false, raw: true };
  expect(await answer({ ...tail, n: 2 })).toEqual({
    status: "ok",
    history: [
      [1, 11, "cell 11"],
      [1, 12, "cell 12"],
    ],
  });
  expect((await answer({ ...tail, raw: false })).history).toHaveLength(10);
  expect((await answer({ ...tail, n: null })).history).toHaveLength(10);
  expect((await answer({ ...tail, n: 0 })).history).toEqual([]);
});

test("with output each cell is a pair, whose result may be unknown", async () => {
  const { history } = await answer({ hist_access_type: "tail", n: 2, output: true, raw: true });
  expect(history).toEqual([
    [1, 11, ["cell 11", null]],
    [1, 12, ["cell 12", "twelve"]],
  ]);
});

test("a range begins with start and ends before stop", async () => {
  const range = { hist_access_type: "range", session: 0, output: false, raw: true };
  expect((await answer({ ...range, start: 2, stop: 4 })).history).toEqual([
    [1, 2, "cell 2"],
    [1, 3, "cell 3"],
  ]);
  expect((await answer({ ...range, start: 12, stop: 0 })).history).toEqual([[1, 12, "cell 12"]]);
  expect((await answer({ hist_access_type: "range" })).history).toHaveLength(12);
});

test("a search takes a glob", async () => {
  const search = { hist_access_type: "search", output: false, raw: true, unique: true };
  expect((await answer({ ...search, pattern: "*1[01]" })).history).toEqual([
    [1, 10, "cell 10"],
    [1, 11, "cell 11"],
  ]);
  expect((await answer({ ...search, pattern: "cell*", n: 1 })).history).toEqual([[1, 12, "cell 12"]]);
});

test.each([
  [{ hist_access_type: "all" }, 'hist_access_type of history_request is "all": it can be "range", "tail" or "search"'],
  [{}, 'hist_access_type of history_request is missing: it can be "range", "tail" or "search"'],
  [{ hist_access_type: "search" }, "pattern of history_request is missing: the client must send a string"],
  [{ hist_access_type: "tail", n: "3" }, 'n of history_request is "3": the client must send an integer'],
  [{ hist_access_type: "tail", n: 1.5 }, "n of history_request is 1.5: the client must send an integer"],
])("the request %j is refused with the field", async (content, message) => {
  expect(await answer(content)).toMatchObject({ status: "error", ename: "MessageError", evalue: message });
});

async function answer(content: object) {
  asked += 1;
  const id = `h${asked}`;
  played.ask("history_request", id, content);
  await played.until(() => played.log.includes(`idle ${id}`));
  return played.reply(id);
}
