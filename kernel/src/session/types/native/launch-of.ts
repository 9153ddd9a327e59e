import { accessSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { DagbookError } from "../../../errors.js";

const script = fileURLToPath(new URL("../../../../native/type-checker.sh", import.meta.url));

/** How TypeScript's package is told to start the type checker. */
export interface Launch {
  readonly tsserverPath: string;
  readonly cwd: string;
}

/**
 * Starts the checker through a script that lets it end with this process; see there for what stands in `cwd`.
 * @param executable the native program; by default that of the package
 * @throws {DagbookError} if there is no such program
 */
export function launchOf(folder: string, executable: string | undefined): Launch {
  const program = executable ?? packagedProgram();
  if (!existsSync(program)) throw new DagbookError(`ENOENT: there is no type checker ${program}: reinstall dagbook`);
  if (!isScriptUsable()) return { tsserverPath: program, cwd: folder };
  return { tsserverPath: script, cwd: `${program}\n${folder}` };
}

/** The program of TypeScript for this machine: a package of its own, which the package of TypeScript depends on. */
function packagedProgram(): string {
  const typescript = createRequire(import.meta.url).resolve("@typescript/native/package.json");
  const { platform, arch } = process;
  const native = createRequire(typescript).resolve(`@typescript/typescript-${platform}-${arch}/package.json`);
  return join(dirname(native), "lib", platform === "win32" ? "tsc.exe" : "tsc");
}

/** Windows has no shell for it, and whoever copied the package may have lost its permission to run. */
function isScriptUsable(): boolean {
  if (process.platform === "win32") return false;
  try {
    accessSync(script, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
