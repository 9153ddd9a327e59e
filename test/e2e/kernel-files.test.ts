import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { installedKernel, KernelClient } from "../support/kernel-client.js";

const installed = installedKernel();
const folder = realpathSync(mkdtempSync(join(tmpdir(), "dagbook-files-")));
let kernel: KernelClient;

beforeAll(async () => {
  kernel = KernelClient.start(installed.env);
  await kernel.call("start");
  await kernel.execute(`process.chdir(${JSON.stringify(folder)})`);
});

afterAll(async () => {
  await kernel.stop();
  installed.remove();
  rmSync(folder, { recursive: true });
});

/** Text of a cell's result, or of its error without colours. */
async function shown(code: string): Promise<string> {
  const { iopub } = await kernel.execute(code);
  const result = iopub.find(({ type }) => type === "execute_result")?.content.data as
    | Record<string, string>
    | undefined;
  const error = iopub.find(({ type }) => type === "error")?.content.traceback as readonly string[] | undefined;
  return result?.["text/plain"] ?? stripVTControlCharacters(error?.join("\n") ?? "");
}

test("tasks run functions of a TypeScript file in the edition that the cell imported, and fail at its lines", async () => {
  writeFileSync(join(folder, "factor.ts"), "export const factor: number = 10;");
  writeFileSync(
    join(folder, "lib.ts"),
    'import { factor } from "./factor";\ntype N = number;\nexport function scale(x: N): N {\n  if (x < 0) throw new Error("negative");\n  return x * factor;\n}\n',
  );
  await shown('import { scale } from "./lib.ts"; const scaled = delayed(scale);');
  const total = "await delayed((a: number, b: number) => a + scale(b))(scaled(1), 2).compute()";
  expect(await shown(total)).toBe("30");
  writeFileSync(join(folder, "factor.ts"), "export const factor: number = 1000;");
  expect(await shown(total)).toBe("30");
  expect(await shown(`import { scale } from "./lib.ts"; ${total}`)).toBe("2010");
  expect(await shown("await delayed(scale)(-1).compute()")).toContain(`${folder}/lib.ts:4:20`);
  expect(await shown('await delayed(async () => (await import("./lib")).scale(3))().compute()')).toBe("3000");
});
