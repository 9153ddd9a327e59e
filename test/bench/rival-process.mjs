import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const python = join(import.meta.dirname, "../../.venv/bin/python");

/**
 * A Python that stays warm between measurements: it reads what to do per line, and answers with one number.
 * @param {readonly string[]} args of Python
 * @param {{ env?: NodeJS.ProcessEnv, stderr?: "inherit" | "ignore" }} [options]
 */
export function startRivalProcess(args, { env = process.env, stderr = "inherit" } = {}) {
  const child = spawn(python, args, { env, stdio: ["pipe", "pipe", stderr] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** The number that it answers to a line. */
    async measure(line) {
      child.stdin.write(`${line}\n`);
      return Number((await lines.next()).value);
    },
    async close() {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}

/** The environment without settings for one machine's BLAS: all sides choose their own. */
export function plainEnv() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("OPENBLAS_")));
}

/**
 * What NumPy may have code for beyond AVX2: since 2.4 by level, before by instruction set. It ignores what it has not.
 * @see https://numpy.org/doc/stable/reference/simd/build-options.html
 */
const BEYOND_AVX2 =
  "X86_V4 AVX512_ICL AVX512_SPR AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_KNL AVX512_KNM";

/** Rivals that start from now on compute as on a machine whose widest vectors are AVX2's. BLAS chooses for itself. */
export function withoutAvx512() {
  process.env.NPY_DISABLE_CPU_FEATURES = BEYOND_AVX2;
}
