import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { ComputeOptions, Delayed, DisplayHandle, RunEvent } from "dagbook";
import type { RunBundle, ViewMessage } from "dagbook/dashboard-messages";
import type { GraphSource, PackedGraph } from "dagbook/graph";

const folder = fileURLToPath(new URL("../../kernel/", import.meta.url));
const manifest: Manifest = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly files: readonly string[];
}

/** The compiler refuses this file (`npm test` asks it) unless all doors of the package lead to these types. */
export type Doors = [
  ComputeOptions,
  Delayed<number>,
  DisplayHandle,
  RunEvent,
  RunBundle,
  ViewMessage,
  GraphSource,
  PackedGraph,
];

test("Node finds the doors of the package, and nothing behind them", async () => {
  const script = `
    const { delayed, task } = await import("dagbook");
    const graph = await import("dagbook/graph");
    const messages = await import("dagbook/dashboard-messages");
    const inside = await import("dagbook/dist/dag/start.js").catch((error) => error.code);
    const order = graph.order({ y: task(Math.abs, -1) }).get("y");
    console.log(JSON.stringify([typeof delayed, order, messages.COMM_TARGET, inside]));`;
  const run = promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
  });
  expect(JSON.parse((await run).stdout)).toEqual(["function", 0, "dagbook.run", "ERR_PACKAGE_PATH_NOT_EXPORTED"]);
});

test("CommonJS finds the library too: cells may require it", async () => {
  const run = promisify(execFile)(process.execPath, ["-p", 'typeof require("dagbook").delayed'], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
  });
  expect((await run).stdout.trim()).toBe("function");
});

test("every file that the manifest names is there and is packed", () => {
  const entries = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === "string" ? [entry] : [entry.types, entry.default],
  );
  const named = [...entries, ...Object.values(manifest.bin)].filter((path) => path !== "./package.json");
  const isPacked = (path: string) => manifest.files.some((packed) => path.startsWith(`./${packed}/`));
  expect(named).toHaveLength(7);
  expect(named.filter((path) => !existsSync(folder + path) || !isPacked(path))).toEqual([]);
});

test("npm packs the JupyterLab extension along, for dagbook install to find", async () => {
  const run = promisify(execFile)("npm", ["pack", "--dry-run", "--json", "-w", "kernel"], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    maxBuffer: 1 << 26,
  });
  const paths = [...(await run).stdout.matchAll(/"path": "([^"]+)"/g)].map(([, path]) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      "labextension/package.json",
      "kernelspec/logo-64x64.png",
      "dist/bin/dagbook.js",
      "native/type-checker.sh",
    ]),
  );
});
