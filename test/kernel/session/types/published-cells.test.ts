import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTypeChecker } from "../../../../kernel/src/session/types/native-checker.js";

const root = join(import.meta.dirname, "../../../..");
const notebooks = join(root, "notebooks");

/** Findings of cells that run one after the other. */
async function findingsOf(cells: readonly string[], folder: string): Promise<readonly string[]> {
  const logged: string[] = [];
  const checker = createTypeChecker({ folder, log: (text) => logged.push(text) });
  try {
    const found = await Promise.all(cells.map((code, index) => checker.addCell({ count: index + 1, code })));
    // A checker that does not run finds nothing either.
    const wrong = await checker.addCell({ count: cells.length + 1, code: "const text: string = 1" });
    expect([wrong.length, logged]).toEqual([1, []]);
    return found.flatMap((diagnostics, index) =>
      diagnostics.map(({ code, message, start }) => `[${index + 1}] TS${code} line ${start.line}: ${message}`),
    );
  } finally {
    checker.close();
  }
}

interface CodeCell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly outputs?: readonly { readonly data?: Readonly<Record<string, string | readonly string[]>> }[];
}

/** Rules that the notes of the checker among saved outputs name. */
function savedRules({ outputs = [] }: CodeCell): readonly string[] {
  const html = outputs.map(({ data }) => [data?.["text/html"] ?? []].flat().join(""));
  return html.filter((text) => text.includes('class="dagbook-types"')).flatMap((text) => text.match(/TS\d+/g) ?? []);
}

test.each(readdirSync(notebooks).filter((file) => file.endsWith(".ipynb")))(
  "the cells of %s have no findings but those they were saved with",
  async (file) => {
    const { cells }: { cells: readonly CodeCell[] } = JSON.parse(readFileSync(join(notebooks, file), "utf8"));
    const code = cells.filter(({ cell_type }) => cell_type === "code");
    expect(code.length).toBeGreaterThan(3);
    const found = await findingsOf(
      code.map(({ source }) => [source].flat().join("")),
      notebooks,
    );
    expect(found.map((finding) => finding.split(" ")[1])).toEqual(code.flatMap(savedRules));
  },
);

test("the tour of the README has no findings", async () => {
  const tour = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8"))?.[1] ?? "";
  expect(await findingsOf(tour.split("\n\n"), root)).toEqual([]);
});
