import { parseCode, TOO_DEEP, tooDeepAt } from "../../../../kernel/src/session/code/parse-code.js";

test.each(["()", "[]", "{}"])(
  "20,000 times %s inside of each other are an error, not the end of the process",
  (pair) => {
    const code = pair[0]!.repeat(20_000) + pair[1]!.repeat(20_000);
    expect(tooDeepAt(code)).toBe(1000);
    expect(parseCode(code).errors).toMatchObject([{ message: TOO_DEEP, labels: [{ start: 1000 }] }]);
  },
);

test("brackets beside each other, in texts and in comments may be as many as there are", () => {
  const code = `const rows = [${"[1], ".repeat(5000)}]; "${"(".repeat(5000)}"; // ${"{".repeat(5000)}`;
  expect(tooDeepAt(code)).toBeUndefined();
  expect(parseCode(code).errors).toEqual([]);
});
