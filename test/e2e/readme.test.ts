import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Answer, installedKernel, KernelClient } from "../support/kernel-client.js";

const root = join(import.meta.dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** The text of the cell's result. */
function resultOf({ iopub }: Answer): unknown {
  const result = iopub.find(({ type }) => type === "execute_result")?.content.data as
    | Record<string, unknown>
    | undefined;
  return result?.["text/plain"];
}

/** What the cell printed. */
function textOf({ iopub }: Answer): string {
  return iopub.flatMap(({ type, content }) => (type === "stream" ? [String(content.text)] : [])).join("");
}

test("the examples of the README run, part by part, and give the values that it names", async () => {
  const [tour = "", engine = "", blocks = ""] = Array.from(
    readme.matchAll(/```ts\n([\s\S]*?)```/g),
    ([, code]) => code as string,
  );
  const [tasks, data, arrays] = tour.split("\n\n");
  const installed = installedKernel();
  const folder = mkdtempSync(join(tmpdir(), "readme-"));
  const kernel = KernelClient.start(installed.env);
  try {
    await kernel.call("start");
    expect(resultOf(await kernel.execute(tasks as string))).toBe("5");
    expect(resultOf(await kernel.execute(data as string))).toBe("30");
    expect((await kernel.execute(arrays as string)).reply?.content).toMatchObject({ status: "ok" });
    expect(resultOf(await kernel.execute("x.shape"))).toBe("[ 4000, 4000 ]");
    const [explained = "", computed = "", futures = "", watched = ""] = engine.split("\n\n");
    expect(resultOf(await kernel.execute(explained))).toMatch(/^add: 3 tasks on 2 workers[\s\S]*\ncombined .*\nfifo /);
    expect(resultOf(await kernel.execute(computed))).toBe("5");
    expect(
      textOf(await kernel.execute(futures))
        .split("\n")
        .sort(),
    ).toEqual(["", "1", "2", "3"]);
    expect(resultOf(await kernel.execute(watched))).toMatch(/^add: finished, 3 tasks/);
    const stored = await kernel.execute(blocks.replaceAll("z.zarr", join(folder, "z.zarr")));
    expect(Number(resultOf(stored))).toBeCloseTo(1, 2);
  } finally {
    await kernel.stop();
    installed.remove();
    rmSync(folder, { recursive: true });
  }
}, 60_000);

test("every file that the README shows or links is there", () => {
  const paths = Array.from(readme.matchAll(/\]\(([^)#]+)\)/g), ([, path]) => path as string);
  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter((path) => !path.startsWith("https:") && !existsSync(join(root, path)))).toEqual([]);
});
