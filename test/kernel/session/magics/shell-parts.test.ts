import { shellParts } from "../../../../kernel/src/session/magics/shell-parts.js";

test.each([
  ["ls {folder}/*.ts", ["ls ", { expression: "folder" }, "/*.ts"]],
  ["echo {a.b[0]} {f({ c: 1 })}", ["echo ", { expression: "a.b[0]" }, " ", { expression: "f({ c: 1 })" }]],
  ["echo {{a}}", ["echo {a}"]],
])("%j inserts values", (command, parts) => {
  expect(shellParts(command)).toEqual(parts);
});

test.each([`echo \${HOME}`, "mkdir -p {a,b}/{1..3}", "find . -exec ls {} +", "awk '{ print $1 }'", "if {"])(
  "the braces of %j are the shell's",
  (command) => {
    expect(shellParts(command)).toEqual([command]);
  },
);
