/**
 * Where a BLAS may lie on this machine.
 * @module
 */
import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { posix, win32 } from "node:path";

/** A library that may be a BLAS. */
export interface BlasPlace {
  /** a path, or a name that the system's loader looks up */
  readonly library: string;
  /** why it is looked at, for people */
  readonly origin: string;
}

/** What the places depend on. */
export interface BlasMachine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<NodeJS.ProcessEnv>;
}

const ACCELERATE = "/System/Library/Frameworks/Accelerate.framework/Accelerate";

/** File names of shared OpenBLAS and MKL, as distributions and conda call them. */
const NAMES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["libopenblas.0.dylib", "libmkl_rt.2.dylib"],
  win32: ["libopenblas.dll", "openblas.dll", "mkl_rt.3.dll", "mkl_rt.2.dll"],
};
const UNIX_NAMES = ["libopenblas.so.0", "libmkl_rt.so.3", "libmkl_rt.so.2", "libmkl_rt.so.1"];

/** Folders beside Python packages into which the wheels of NumPy and SciPy put their libraries. */
const WHEEL_FOLDERS = ["numpy.libs", "numpy/.dylibs", "scipy.libs", "scipy/.dylibs"];

/**
 * Libraries to try, best first: what DAGBOOK_BLAS names, and nothing else if it is set; Accelerate on macOS; OpenBLAS
 * and MKL where the loader finds them; then those of Python environments, also inside the wheels of NumPy: the
 * active conda environment, the Python that runs Jupyter (DAGBOOK_PYTHON_PREFIX), the active venv, the Pythons on the
 * PATH, and the packages of the user. Files of environments are listed only if they exist.
 */
export function* blasPlaces({ platform, env }: BlasMachine): Generator<BlasPlace> {
  if (env.DAGBOOK_BLAS) {
    yield { library: env.DAGBOOK_BLAS, origin: "DAGBOOK_BLAS" };
    return;
  }
  if (platform === "darwin") yield { library: ACCELERATE, origin: "macOS" };
  const names = NAMES[platform] ?? UNIX_NAMES;
  for (const library of names) yield { library, origin: "the system" };
  const seen = new Set<string>();
  for (const [origin, prefix] of prefixes(env, platform)) {
    if (!prefix || seen.has(prefix)) continue;
    seen.add(prefix);
    for (const library of inPrefix(prefix, platform, names)) yield { library, origin: `${origin} (${prefix})` };
  }
}

/** Folders in which a Python is installed, and what they are. */
function* prefixes(
  env: BlasMachine["env"],
  platform: NodeJS.Platform,
): Generator<readonly [origin: string, prefix: string | undefined]> {
  const { join, dirname, delimiter } = pathsOf(platform);
  yield ["the conda environment", env.CONDA_PREFIX];
  yield ["the Python of Jupyter", env.DAGBOOK_PYTHON_PREFIX];
  yield ["the active venv", env.VIRTUAL_ENV];
  for (const folder of (env.PATH ?? env.Path ?? "").split(delimiter)) {
    const isPython = (name: string) => /^python3?(\.exe)?$/.test(name);
    // On Windows python.exe stands in the prefix itself, in a venv one folder below it.
    if (!filesIn(folder).some(isPython)) continue;
    yield ["a Python on the PATH", dirname(folder)];
    if (platform === "win32") yield ["a Python on the PATH", folder];
  }
  if (platform !== "win32") yield ["Python packages of the user", userBase(env, join)];
}

function* inPrefix(prefix: string, platform: NodeJS.Platform, names: readonly string[]): Generator<string> {
  const { join } = pathsOf(platform);
  const libraries = platform === "win32" ? join(prefix, "Library", "bin") : join(prefix, "lib");
  const present = filesIn(libraries);
  // The system's own were tried by name.
  if (prefix !== "/usr") for (const name of names) if (present.includes(name)) yield join(libraries, name);
  for (const packages of packageFolders(prefix, platform)) {
    for (const folder of WHEEL_FOLDERS) {
      for (const name of filesIn(join(packages, folder))) {
        if (/openblas.*\.(so|dylib|dll)\b/.test(name)) yield join(packages, folder, name);
      }
    }
  }
}

/** Folders with packages of the Pythons of a prefix, the newest Python first. */
function packageFolders(prefix: string, platform: NodeJS.Platform): readonly string[] {
  const { join } = pathsOf(platform);
  if (platform === "win32") return [join(prefix, "Lib", "site-packages")];
  return filesIn(join(prefix, "lib"))
    .filter((name) => /^python3\.\d+$/.test(name))
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
    .map((name) => join(prefix, "lib", name, "site-packages"));
}

/** A container may run as somebody without a home. */
function userBase(env: BlasMachine["env"], join: typeof posix.join): string | undefined {
  try {
    return join(env.HOME ?? homedir(), ".local");
  } catch {
    return undefined;
  }
}

/** Names in a folder, in order; none if it cannot be read. */
function filesIn(folder: string): readonly string[] {
  try {
    return folder === "" ? [] : readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function pathsOf(platform: NodeJS.Platform): typeof posix {
  return platform === "win32" ? win32 : posix;
}
