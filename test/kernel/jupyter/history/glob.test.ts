import { globTest } from "../../../../kernel/src/jupyter/history/glob.js";

/** Pattern, text, and what SQLite 3.40 says to `text GLOB pattern`. */
const answers: readonly (readonly [pattern: string, text: string, fits: boolean])[] = [
  ["", "", true],
  ["", "a", false],
  ["*", "", true],
  ["*", "a\nb", true],
  ["a", "a", true],
  ["a", "A", false],
  ["a*", "ba", false],
  ["*a*", "xay", true],
  ["*add(*", "const sum = add(1, 2)", true],
  ["?", "é", true],
  ["?", "😀", true],
  ["?", "", false],
  ["??", "😀", false],
  ["[abc]", "b", true],
  ["[abc]", "d", false],
  ["[a-c]", "b", true],
  ["[a-c]", "B", false],
  ["[^a-c]", "b", false],
  ["[^a-c]", "x", true],
  ["[^a-c]", "", false],
  ["[]]", "]", true],
  ["[]]", "a", false],
  ["[^]]", "]", false],
  ["[^]]", "a", true],
  ["[]a]", "a", true],
  ["[]-a]", "^", false],
  ["[]-a]", "-", true],
  ["[a-]", "-", true],
  ["[a-]", "b", false],
  ["[-a]", "-", true],
  ["[a-c-e]", "-", true],
  ["[a-c-e]", "d", false],
  ["[a", "a", false],
  ["[", "[", false],
  ["*[", "[", false],
  ["[]", "]", false],
  ["[^]", "a", false],
  ["[*]", "*", true],
  ["[*]", "a", false],
  ["[?]", "?", true],
  ["\\*", "\\x", true],
  ["\\*", "*", false],
  ["a[^b]c", "axc", true],
  ["*.t?", "x.ts", true],
  ["[＀-😀]", "😁", false],
  ["[＀-😀]", "😀", true],
  ["[＀-😀]", "０", true],
  ["*a*b*", "xbxa", false],
  ["*aab", "aaaab", true],
  ["[c-a]", "b", false],
  ["[c-a]", "c", true],
];

test.each(answers)("as in SQLite, the pattern %j of the text %j gives %j", (pattern, text, fits) => {
  expect(globTest(pattern)(text)).toBe(fits);
});

test("a pattern of many stars takes no exponential time", () => {
  expect(globTest(`${"*a".repeat(30)}*b`)("a".repeat(20_000))).toBe(false);
});
