import { isComplete } from "../../../kernel/src/session/is-complete.js";

test.each([
  ["1 + 1"],
  ["const x: number = 1"],
  ["// only a comment"],
  [""],
  [`\`a \${b} c\``],
  ["{ a: 1, b: 2 }"],
  ["for (const a of b) {\n}"],
  ["await f()"],
  ["interface A { b: string }"],
  ["%cd x"],
  ["!ls"],
  ["!ls \\\n  -la"],
  ["!ls \\\n\n"],
  ["value?"],
  ["value??"],
  ["?value"],
  ["%time f(1)"],
  ["%%bash\nfor"],
  ["if (a) {\n  !ls\n}"],
  ["<T>value"],
])("%j is complete", (code) => {
  expect(isComplete(code)).toEqual({ status: "complete" });
});

test.each([
  ["function f() {", "  "],
  ["class A {\n  m() {", "    "],
  ["if (x) {\n  y();", "  "],
  ["f(1,", ""],
  ["f(\n", "  "],
  ["[1, 2", ""],
  ["`abc", ""],
  [`f(\`x\n\${y}`, ""],
  [`\`a\${`, "  "],
  ["/* abc", ""],
  ["1 +", ""],
  ["rows.", ""],
  ["a ? b :", ""],
  ["const x =", ""],
  ["const x", ""],
  ["(a) =>", "  "],
  ["@decorate()\n", ""],
  ["try {}", ""],
  ["type X =", ""],
  ["foo( // arguments follow", ""],
  ["import { a } from", ""],
  ["!ls \\", ""],
  ["!ls \\\n", ""],
  ["%time f(", "  "],
  ["if (a) {\n  !ls", "  "],
  ["%cd x\nfunction f() {", "  "],
  ["class A {\n  b?", "  "],
  ["const a = flag?", ""],
  ["`\n%cd x", ""],
])("%j is incomplete and goes on indented by %j", (code, indent) => {
  expect(isComplete(code)).toEqual({ status: "incomplete", indent });
});

test.each([
  ["<div/>"],
  ["<div>\n  text\n</div>"],
  ["f(<b>x</b>)"],
  ["<></>"],
  ["%cd x\na b"],
  ["x = )"],
  ["}"],
  ['"abc'],
  ["let s = 'abc\nnext()"],
  ["return 1"],
  ["const 1 = 2;"],
  ["a b"],
])("%j is invalid", (code) => {
  expect(isComplete(code)).toEqual({ status: "invalid" });
});
