import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";
import { NO_BLAS, searchBlas } from "../../dag/blas/find-blas.js";
import { kernelNames } from "../kernel-spec.js";
import { type Finding, fine, odd } from "./finding.js";

const CURE =
  "they work, about three times slower; pip install numpy in the environment of Jupyter, or set DAGBOOK_BLAS to an OpenBLAS or MKL";

/**
 * Which BLAS kernels would use, or why none.
 * @param folders data folders of Jupyter, the first that has the kernel wins
 */
export function examineBlas(folders: readonly string[]): readonly Finding[] {
  const prefix = pythonPrefix(folders);
  const env = prefix === undefined ? process.env : { ...process.env, DAGBOOK_PYTHON_PREFIX: prefix };
  const { found, refused } = searchBlas(env, process.platform);
  if (env.DAGBOOK_BLAS === NO_BLAS) return [fine("matrix products use no BLAS, as DAGBOOK_BLAS says")];
  if (found === undefined) return [odd(`matrix products use no BLAS (${refused.join("; ")})`, CURE)];
  const { name, place, lapack } = found;
  const without = lapack === undefined ? ", without LAPACK, so linalg computes in JavaScript" : "";
  return [fine(`matrix products use ${name}, from ${place.origin}: ${place.library}${without}`)];
}

/** `sys.prefix` of the Jupyter that would start the kernel: where the kernel lies, if not with the user, else on the PATH. */
function pythonPrefix(folders: readonly string[]): string | undefined {
  const isPython = (prefix: string) =>
    existsSync(join(prefix, "bin", "python3")) || existsSync(join(prefix, "python.exe"));
  const data = folders.find((folder) => existsSync(join(folder, "kernels", kernelNames.dagbook.folder)));
  const own = data === undefined ? undefined : dirname(dirname(data));
  if (own !== undefined && isPython(own)) return own;
  const commands = (process.env.PATH ?? "").split(delimiter);
  const command = commands.find((folder) => folder !== "" && existsSync(join(folder, "jupyter")));
  return command === undefined ? undefined : dirname(command);
}
