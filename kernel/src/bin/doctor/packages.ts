import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { broken, type Finding, fine } from "./finding.js";

/** Packages with native code, and what does not work without them. */
const natives = {
  zeromq: "kernels cannot talk to Jupyter",
  "oxc-parser": "cells cannot be read",
  "oxc-transform": "cells cannot be compiled",
  koffi: "output of native code and fast matrix products are missing",
  "@resvg/resvg-js": "pictures of runs cannot be kept in notebooks",
};

const TSC_MS = 10_000;
const require = createRequire(import.meta.url);
const packageFolder = fileURLToPath(new URL("../../..", import.meta.url));
// Native parts are optional dependencies of these packages: an npm told to omit such leaves them out.
const REINSTALL = `in ${packageFolder} run: npm install --include=optional`;

/** Whether the packages that dagbook builds on are there and work. */
export async function examinePackages(): Promise<readonly Finding[]> {
  return [...(await nativePackages()), typeChecker(), tslab()];
}

/** True if this Node can run dagbook. @param version as `process.versions.node` */
export function isNodeNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

/** The Node that runs this. */
export function examineNode(): Finding {
  const { node } = process.versions;
  return isNodeNewEnough(node)
    ? fine(`Node ${node}`)
    : broken(`Node ${node} is too old`, "install Node 20.19 or newer");
}

async function nativePackages(): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [name, lost] of Object.entries(natives)) {
    try {
      await import(name);
    } catch (error) {
      findings.push(broken(`${name} does not load, so ${lost} (${firstLine(error)})`, REINSTALL));
    }
  }
  return findings.length > 0 ? findings : [fine(`${Object.keys(natives).join(", ")} load`)];
}

/** Starts the native compiler: its binary is a package of its own for each platform. */
function typeChecker(): Finding {
  try {
    const tsc = join(dirname(require.resolve("@typescript/native/package.json")), "bin", "tsc");
    const version = execFileSync(process.execPath, [tsc, "--version"], {
      encoding: "utf8",
      timeout: TSC_MS,
      stdio: "pipe",
    });
    return fine(`the type checker starts: TypeScript ${version.trim().replace("Version ", "")}`);
  } catch (error) {
    return broken(`the type checker does not start, so cells are run without types (${firstLine(error)})`, REINSTALL);
  }
}

function tslab(): Finding {
  try {
    const { version } = require("tslab/package.json") as { readonly version: string };
    createRequire(require.resolve("tslab/dist/converter.js")).resolve("@tslab/typescript-for-tslab");
    return fine(`tslab ${version} is there`);
  } catch (error) {
    return broken(
      `tslab is missing, so cells cannot import it and its engine cannot run (${firstLine(error)})`,
      REINSTALL,
    );
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0];
}
