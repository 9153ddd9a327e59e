import { type Answer, OpenQuestions } from "../../../extension/src/renderer/open-questions.js";

function asked() {
  const questions = new OpenQuestions();
  const heard: (readonly [string, Answer | undefined])[] = [];
  const hear = (name: string) => (answer: Answer | undefined) => heard.push([name, answer]);
  questions.add({ kind: "inspect", run: "a", task: 1 }, hear("task 1"));
  questions.add({ kind: "inspect", run: "a", task: 2 }, hear("task 2"));
  questions.add({ kind: "retry", run: "a" }, hear("retry"));
  questions.add({ kind: "rerun", run: "b" }, hear("rerun"));
  return { questions, heard };
}

test("an answer goes to who asked for it, once", () => {
  const { questions, heard } = asked();
  const repeated: Answer = { kind: "repeated", run: "a", by: "c" };
  questions.answered(repeated);
  questions.answered(repeated);
  expect(heard).toEqual([["retry", repeated]]);
  expect(questions.size).toBe(3);
});

test("a run that the kernel does not know answers all that was asked of it", () => {
  const { questions, heard } = asked();
  questions.unknown("a");
  expect(heard.map(([name, answer]) => [name, answer])).toEqual([
    ["task 1", undefined],
    ["task 2", undefined],
    ["retry", undefined],
  ]);
  expect(questions.open).toEqual([{ kind: "rerun", run: "b" }]);
});

test("a kernel that goes away answers everything", () => {
  const { questions, heard } = asked();
  questions.lost();
  expect([heard.length, questions.size]).toEqual([4, 0]);
});
