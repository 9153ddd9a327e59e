import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");
const notebooks = join(root, "notebooks");
const RUN = "application/vnd.dagbook.run.v1+json";

interface Output {
  readonly output_type: string;
  readonly data?: Record<string, unknown>;
  readonly name?: string;
  readonly text?: string;
}
interface Cell {
  readonly source: string;
  /** "times": its outputs have times and sizes that differ from run to run */
  readonly tags: readonly string[];
  readonly saved: readonly Output[];
  readonly fresh: readonly Output[];
}
interface RunBundle {
  readonly title: string;
  readonly state: string;
  readonly n: number;
  readonly groups: readonly { readonly name: string; readonly n: number }[];
}

async function execute(name: string): Promise<readonly Cell[]> {
  const script = join(root, "test/support/run_notebook.py");
  const args = [script, join(notebooks, name), "dagbook", notebooks];
  const options = { maxBuffer: 1 << 28, timeout: 240_000, env: { ...process.env, JUPYTER_PREFER_ENV_PATH: "1" } };
  const { stdout } = await promisify(execFile)(join(root, ".venv/bin/python"), args, options);
  return JSON.parse(stdout) as readonly Cell[];
}

/** What must be equal from run to run: of the picture of a run its graph, of times the words, of all else everything. */
function lasting(output: Output, { tags }: Cell): unknown {
  const run = output.data?.[RUN] as RunBundle | undefined;
  if (run === undefined) {
    const whole = { ...output, execution_count: null };
    if (!tags.includes("times")) return whole;
    return JSON.parse(JSON.stringify(whole), (_, value) => (typeof value === "string" ? withoutFigures(value) : value));
  }
  const { title, state, n, groups } = run;
  return {
    title,
    state,
    n,
    groups: groups.map((group) => [group.name, group.n]),
    mimeTypes: Object.keys(output.data ?? {}).sort(),
  };
}

/** Without what follows from measured times: numbers with their units, columns, who is lowest, pictures. */
function withoutFigures(text: string): string {
  return text
    .replace(/<svg.*?<\/svg>/g, "<svg/>")
    .replace(/<\/?strong>/g, "")
    .replace(/\d[\d.,]*( (ms|B|KiB|MiB|GiB)\b)?/g, "0")
    .replace(/ {2,}/g, " ");
}

test.each(readdirSync(notebooks).filter((name) => name.endsWith(".ipynb")))(
  "%s runs from top to bottom and gives the outputs that are saved in it",
  async (name) => {
    const cells = await execute(name);
    expect(cells.some((cell) => cell.saved.length > 0)).toBe(true);
    for (const cell of cells) {
      expect({ source: cell.source, outputs: cell.fresh.map((output) => lasting(output, cell)) }).toEqual({
        source: cell.source,
        outputs: cell.saved.map((output) => lasting(output, cell)),
      });
    }
  },
  300_000,
);
