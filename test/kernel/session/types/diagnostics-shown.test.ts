import { stripVTControlCharacters } from "node:util";
import { diagnosticsBundle } from "../../../../kernel/src/session/types/diagnostics-bundle.js";
import { diagnosticsOutcome } from "../../../../kernel/src/session/types/diagnostics-outcome.js";
import type { CellDiagnostic } from "../../../../kernel/src/session/types/type-checker.js";

const cell = { count: 3, code: "let x = 1\n  x = '<b>' // no\nx" };
const finding: CellDiagnostic = {
  severity: "error",
  code: 2322,
  message: "Type '\"<b>\"' is not assignable to type 'number'.\n  Because & so on.",
  start: { line: 2, column: 3 },
  end: { line: 2, column: 4 },
};
const withoutColours = (text: string) => stripVTControlCharacters(text);

test("as text a finding has its place, its rule and the lines around it", () => {
  const { "text/plain": text } = diagnosticsBundle(cell, [finding]);
  expect(withoutColours(String(text))).toBe(
    [
      "cell-3.ts:2:3 TS2322: Type '\"<b>\"' is not assignable to type 'number'.",
      "  Because & so on.",
      "  1 | let x = 1",
      "> 2 |   x = '<b>' // no",
      "    |   ^",
      "  3 | x",
    ].join("\n"),
  );
});

test("as HTML nothing of the code or the message is markup, and the place is marked in its line", () => {
  const html = String(diagnosticsBundle(cell, [finding])["text/html"]);
  expect(html).not.toContain("<b>");
  expect(html).toContain("Type '&#34;&#60;b&#62;&#34;' is not assignable");
  expect(html).toMatch(/<mark [^>]*>x<\/mark> = '&#60;b&#62;' \/\/ no/);
  expect(html).toContain("TS2322, line 2");
  expect(html.match(/<div/g)).toHaveLength(html.match(/<\/div>/g)!.length);
});

test("many findings are folded after the third", () => {
  const html = String(diagnosticsBundle(cell, Array(5).fill(finding))["text/html"]);
  expect(html).toMatch(/<details><summary[^>]*>2 more<\/summary>/);
});

test("a finding over several lines, at the end of the text, or in a very long line is shown", () => {
  const long = { count: 1, code: `const data = [${"1, ".repeat(2000)}"x"]` };
  const at = long.code.length - 3;
  const place = { start: { line: 1, column: at }, end: { line: 1, column: at + 3 } };
  const html = String(diagnosticsBundle(long, [{ ...finding, ...place }])["text/html"]);
  expect(html.length).toBeLessThan(2000);
  expect(html).toMatch(/…[^<]*<mark/);
  const whole = { start: { line: 1, column: 1 }, end: { line: 3, column: 2 } };
  expect(diagnosticsBundle(cell, [{ ...finding, ...whole }])["text/html"]).toMatch(/<mark [^>]*>let x = 1<\/mark>/);
  const end = { start: { line: 3, column: 2 }, end: { line: 3, column: 2 } };
  expect(diagnosticsBundle(cell, [{ ...finding, ...end }])["text/html"]).toMatch(/x<mark/);
});

test("as an outcome it is a TypeCheckError with a frame for each place", () => {
  const outcome = diagnosticsOutcome(cell, [finding, { ...finding, code: 2339, message: "No foo." }]);
  expect(outcome).toMatchObject({
    status: "error",
    ename: "TypeCheckError",
    evalue: "Type '\"<b>\"' is not assignable to type 'number'. (and 1 more)",
  });
  const traceback = outcome.status === "error" ? outcome.traceback.map(withoutColours) : [];
  expect(traceback.slice(0, 5)).toEqual([
    "TypeCheckError: Type '\"<b>\"' is not assignable to type 'number'. (TS2322)",
    "  Because & so on.",
    "cell-3.ts:2:3",
    "  1 | let x = 1",
    "> 2 |   x = '<b>' // no",
  ]);
  expect(traceback).toContain("TypeCheckError: No foo. (TS2339)");
});

test("a rule of the grammar is a SyntaxError, and of a file beside the notebook only the place is known", () => {
  const outcome = diagnosticsOutcome(cell, [{ ...finding, code: 1005, message: "';' expected.", file: "/nb/a.ts" }]);
  expect(outcome).toMatchObject({ ename: "SyntaxError", evalue: "';' expected." });
  const traceback = outcome.status === "error" ? outcome.traceback.map(withoutColours) : [];
  expect(traceback).toEqual(["SyntaxError: ';' expected. (TS1005)", "/nb/a.ts:2:3"]);
});
