import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { setUpChromium } from "./chromium.mjs";
import { setUpPython } from "./python.mjs";
import { must, root } from "./run.mjs";
import { Cure, say } from "./say.mjs";
import { hashOf, once } from "./stamp.mjs";

const START = "scripts/requirements-start.txt";
const TEST = "scripts/requirements-test.txt";

function checkNode() {
  const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).engines.node.slice(2);
  const numbers = (text) => text.split(".").map(Number);
  const [major, minor] = numbers(process.versions.node);
  const [needMajor, needMinor] = numbers(wanted);
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  throw new Cure(
    `dagbook needs Node ${wanted} or newer; this is ${process.versions.node}. Install a newer Node and try again.`,
  );
}

async function installPackages() {
  await once("npm", hashOf(["package-lock.json"], process.version), ["node_modules/.package-lock.json"], () => {
    say("npm packages (a minute or two)");
    // No install scripts: every native part comes ready inside its package.
    must(
      "npm",
      ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
      "This step downloads packages: check the network (and npm's registry setting), then run the command again.",
    );
  });
}

/** Kernelspecs and labextension into `.venv` alone; nothing outside the checkout changes. */
async function installKernel() {
  const made = [
    ".venv/share/jupyter/kernels/dagbook/kernel.json",
    ".venv/share/jupyter/kernels/dagbook-tslab/kernel.json",
    ".venv/share/jupyter/labextensions/dagbook-labextension",
  ];
  const inputs = ["kernel/src/bin", "extension/labextension", "kernel/package.json"];
  await once("kernel", hashOf(inputs, root + process.execPath), made, () => {
    say("kernelspecs and JupyterLab extension into .venv");
    must(
      process.execPath,
      ["kernel/dist/bin/dagbook.js", "install", "--engine", "all", "--prefix", ".venv"],
      "Run npm run build, then try again.",
    );
  });
}

/**
 * Everything `npm start` (or, with `tests`, also `npm test`) needs; does only what is missing.
 * @returns {Promise<{ chromium?: string }>}
 */
export async function setUp({ tests = false } = {}) {
  checkNode();
  if (!existsSync(join(root, "package-lock.json")))
    throw new Cure("package-lock.json is missing: run this in a whole checkout.");
  await installPackages();
  await build();
  await setUpPython(tests ? "python-test" : "python-start", tests ? [START, TEST] : [START]);
  await installKernel();
  return tests ? { chromium: setUpChromium() } : {};
}
