// Makes the pictures of the README, notebooks/pictures/run.png and overview.png: JupyterLab as it is, in the
// middle of a run. Look at them before they are committed: which tasks are caught running is chance.
// Usage: node test/support/make-pictures.mjs ; needs a build (npm run build) and Chromium.
import { mkdirSync, symlinkSync } from "node:fs";
import { register } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

register("./typescript-loader.mjs", import.meta.url);
const { startLab } = await import("./lab.js");
const { kernelIdle, openNotebook, runCell } = await import("./lab-notebook.js");
const { ready } = await import("./run-view.js");

const root = fileURLToPath(new URL("../../", import.meta.url));
const pictures = join(root, "notebooks", "pictures");
/** Around a cell, so that the picture does not end at its edge. */
const MARGIN = 8;

// Daily weather of two cities; how sure is it that one year was warmer than the one before?
const FUNCTIONS = `
import { readFile } from "node:fs/promises";
const data = new URL("../data/", import.meta.resolve("vega-datasets"));

async function readYear(city: string, year: number): Promise<number[]> {
  const text = await readFile(new URL("weather.csv", data), "utf8");
  const lines = text.trim().split("\\n").slice(1).map((line) => line.split(","));
  return lines.filter(([place, date]) => place === city && date!.startsWith(String(year))).map((line) => Number(line[3]));
}
function resample(values: number[]): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[Math.floor(Math.random() * values.length)]!;
  return sum / values.length;
}
function warming(before: number[], after: number[]): number[] {
  const samples = 60_000 + 180_000 * Math.random();
  const differences: number[] = [];
  for (let k = 0; k < samples; k++) {
    differences.push(resample(after) - resample(before));
    if (k % 1_000 === 0) progress(k / samples);
  }
  return differences.sort((a, b) => a - b);
}
function trend(...years: number[][]): number {
  return resample(years.flat());
}
function compare(...trends: number[]): number {
  return trends[0]! - trends[1]!;
}
const years = [2012, 2013, 2014, 2015];
`;
const RUN = `const trends = ["Seattle", "New York"].map((city) => {
  const temperatures = years.map((year) => delayed(readYear)(city, year));
  const changes = [1, 2, 3].map((i) => delayed(warming)(temperatures[i - 1]!, temperatures[i]!));
  return delayed(trend)(...changes);
});
await delayed(compare)(...trends).compute({ workers: 4 })`;
const OVERVIEW = `const a = da.random.normal({ shape: [4_000, 4_000], chunks: [500, 500], seed: 1 });
const b = da.random.uniform({ shape: [4_000, 4_000], chunks: [500, 500], seed: 2 });
const product = da.matmul(a, b);
await compute(product.max(), product.subtract(a).power(2).mean())`;

/** Runs a cell, and takes a picture of it when its run says that \`share\` of its tasks is done. */
async function take(page, cell, share, name) {
  await runCell(page, cell);
  await ready(page);
  await page.waitForFunction((wanted) => {
    const [, done, all] = /(\d+) of (\d+) tasks/.exec(document.querySelector(".dagbook-counts").textContent) ?? [];
    return done / all >= wanted;
  }, share);
  await page.waitForTimeout(350);
  const { x, y, width, height } = await page.locator(".jp-Notebook .jp-CodeCell").nth(cell).boundingBox();
  const clip = { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  await page.screenshot({ path: join(pictures, name), clip });
}

mkdirSync(pictures, { recursive: true });
const lab = await startLab({ width: 1480, height: 1800 });
try {
  const { page } = lab;
  symlinkSync(join(root, "node_modules"), join(lab.folder, "node_modules"));
  const start = async (name, sources) => {
    lab.write(
      name,
      "dagbook",
      sources.map((source) => ({ source })),
    );
    await openNotebook(lab, name);
    await page.evaluate(() => window.jupyterapp.commands.execute("application:toggle-left-area"));
    // Past the first cell: starting workers and reading data for the first time would be all there is to see.
    await runCell(page, 0);
    await page.waitForSelector(".jp-InputPrompt:text('[1]:')");
    await kernelIdle(page);
  };
  await start("run.ipynb", [
    `${FUNCTIONS}await delayed(readYear)("Seattle", 2012).compute({ progress: false }), 0`,
    RUN,
  ]);
  await take(page, 1, 0.5, "run.png");
  await lab.endKernels();
  await start("overview.ipynb", ["await da.ones([4]).sum().compute({ progress: false })", OVERVIEW]);
  await take(page, 1, 0.55, "overview.png");
} finally {
  await lab.close();
}
