// The private Python environment `.venv`: JupyterLab for `npm start`, reference libraries for `npm test`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { must, root, works } from "./run.mjs";
import { Cure, say } from "./say.mjs";
import { hashOf, once } from "./stamp.mjs";

const bin = process.platform === "win32" ? "Scripts" : "bin";

/** Path of a program in `.venv`. */
export const inVenv = (program) => join(root, ".venv", bin, program);

const VERSION = "import sys; print(sys.version_info >= (3, 10))";

function findPython() {
  const asked = process.env.DAGBOOK_PYTHON;
  const candidates = asked ? [asked] : ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
  for (const name of candidates) {
    const found = spawnSync(name, ["-c", VERSION], { encoding: "utf8" });
    if (found.status === 0 && found.stdout.trim() === "True") return name;
  }
  throw new Cure(
    `JupyterLab needs Python 3.10 or newer; tried ${candidates.join(", ")}.\n` +
      "Install it (Debian, Ubuntu: apt-get install python3 python3-venv) or name one: DAGBOOK_PYTHON=/path/to/python3 npm start",
  );
}

function makeVenv() {
  if (works(inVenv("python"), ["-m", "pip", "--version"])) return;
  const python = findPython();
  if (!works(python, ["-c", "import venv, ensurepip"])) {
    throw new Cure(
      `${python} cannot make virtual environments (its modules venv or ensurepip are missing).\n` +
        "Install them (Debian, Ubuntu: apt-get install python3-venv), then run the command again.",
    );
  }
  rmSync(join(root, ".venv"), { recursive: true, force: true });
  must(python, ["-m", "venv", ".venv"], "Remove the folder .venv and run the command again.");
}

/** JupyterLab asks for news at its start; a private installation has no need to. */
function quietNews() {
  const folder = join(root, ".venv", "etc", "jupyter", "labconfig");
  mkdirSync(folder, { recursive: true });
  const config = { disabledExtensions: { "@jupyterlab/apputils-extension:announcements": true } };
  writeFileSync(join(folder, "page_config.json"), `${JSON.stringify(config, null, 2)}\n`);
}

/**
 * Makes `.venv` with the packages of the requirement files.
 * @param {string} name stamp of this set of packages
 * @param {readonly string[]} files requirement files, from the checkout
 */
export async function setUpPython(name, files) {
  await once(name, hashOf(files, process.version), [".venv"], () => {
    say(`Python packages of ${files.join(", ")} into .venv (a minute or two)`);
    makeVenv();
    const wanted = files.flatMap((file) => ["-r", file]);
    must(
      inVenv("python"),
      ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...wanted],
      "This step downloads packages: check the network (and pip's index settings), then run the command again.",
    );
    quietNews();
  });
  // JupyterLab runs a script of its own in there with Node, which else takes it for a module of this package.
  writeFileSync(join(root, ".venv", "package.json"), '{ "type": "commonjs" }\n');
  if (!existsSync(inVenv("jupyter")))
    throw new Cure("jupyter is missing in .venv. Remove the folder .venv and try again.");
}
