/**
 * A saved run where our extension is not: as nbconvert writes it, for pages, for GitHub (which takes pictures, not
 * SVG), for terminals.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleOf } from "../../kernel/src/dashboard/bundle.js";
import { mimeOf, picturesOf } from "../../kernel/src/dashboard/mime.js";
import { pngOf } from "../../kernel/src/dashboard/png.js";
import { RunStore } from "../../kernel/src/dashboard/run-store.js";
import { notebookOf } from "../support/notebook-file.js";
import { simulate, smallGraph } from "../support/simulated-run.js";

const python = fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "dagbook-saved-"));

beforeAll(async () => {
  const [started, ...events] = simulate(smallGraph(), { run: "r", title: "<b>report</b>", workers: 4, failing: 8 });
  const store = new RunStore(started);
  for (const event of events) store.apply(event);
  const bundle = bundleOf(store, { seq: 1, now: store.now, use: "saved" });
  const pictures = picturesOf(bundle);
  const data = mimeOf(bundle, { ...pictures, "image/png": await pngOf(pictures["image/svg+xml"]) });
  const cell = { source: "await report.compute()", outputs: [{ output_type: "display_data", data, metadata: {} }] };
  writeFileSync(join(folder, "saved.ipynb"), JSON.stringify(notebookOf("dagbook", [cell])));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The notebook in another format. */
function converted(format: string, name: string): string {
  const args = ["-m", "nbconvert", "--to", format, "--output", name, "saved.ipynb"];
  execFileSync(python, args, { cwd: folder, env: { ...process.env, JUPYTER_CONFIG_DIR: folder }, stdio: "pipe" });
  return readFileSync(join(folder, name), "utf8");
}

test("an HTML page has the drawing, with its title and description for those who do not see it", () => {
  const html = converted("html", "saved.html");
  const [, data] = /src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html)!;
  const svg = Buffer.from(data!, "base64").toString();
  expect(svg).toContain("<title>&lt;b&gt;report&lt;/b&gt;: failed, 9 of 13 tasks</title>");
  expect(svg).toMatch(/<desc>&lt;b&gt;report&lt;\/b&gt; · failed · 9 of 13 tasks/);
  expect(svg).toContain("Task stream, one lane per worker");
}, 60_000);

test("Markdown links the drawing as a file of its own", () => {
  const markdown = converted("markdown", "saved.md");
  const [, file] = /!\[\w+\]\((saved_files\/[^)]+)\)/.exec(markdown)!;
  expect(readFileSync(join(folder, file!), "latin1").slice(0, 8)).toMatch(/^(<svg xml|.PNG)/);
}, 60_000);
