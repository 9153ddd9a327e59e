import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { blasPlaces } from "../../../../kernel/src/dag/blas/blas-places.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dagbook-blas-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Makes an empty file below the folder. */
function file(path: string): string {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, "");
  return whole;
}

const libraries = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform = "linux") =>
  Array.from(blasPlaces({ platform, env: { HOME: folder, ...env } }), ({ library }) => library);

const system = ["libopenblas.so.0", "libmkl_rt.so.3", "libmkl_rt.so.2", "libmkl_rt.so.1"];

test("what DAGBOOK_BLAS names is the only place", () => {
  expect(libraries({ DAGBOOK_BLAS: "/opt/blas.so", CONDA_PREFIX: folder })).toEqual(["/opt/blas.so"]);
});

test("the system comes first, then conda, the Python of Jupyter, the venv, the PATH and the user", () => {
  const conda = file("conda/lib/libopenblas.so.0");
  const wheel = (prefix: string) =>
    file(`${prefix}/lib/python3.11/site-packages/numpy.libs/libscipy_openblas64_-32a4b2a6.so`);
  file("conda/lib/libc.so.6");
  const [jupyter, venv, path, user] = ["jupyter", "venv", "path", ".local"].map(wheel);
  file("jupyter/lib/python3.11/site-packages/numpy.libs/libgfortran-040039e1.so.5.0.0");
  file("path/bin/python3");
  const env = {
    CONDA_PREFIX: join(folder, "conda"),
    DAGBOOK_PYTHON_PREFIX: join(folder, "jupyter"),
    VIRTUAL_ENV: join(folder, "venv"),
    PATH: `${folder}/nothing::${folder}/path/bin`,
  };
  expect(libraries(env)).toEqual([...system, conda, jupyter, venv, path, user]);
});

test("an environment that is named twice is looked at once, its newest Python first", () => {
  const older = file("venv/lib/python3.9/site-packages/numpy.libs/libopenblas64_p-r0-742d56dc.3.20.so");
  const newer = file("venv/lib/python3.13/site-packages/scipy.libs/libscipy_openblas-68440149.so");
  const venv = join(folder, "venv");
  expect(libraries({ VIRTUAL_ENV: venv, DAGBOOK_PYTHON_PREFIX: venv })).toEqual([...system, newer, older]);
});

test("on macOS Accelerate is the first", () => {
  const wheel = file("venv/lib/python3.12/site-packages/numpy/.dylibs/libscipy_openblas64_.dylib");
  expect(libraries({ VIRTUAL_ENV: join(folder, "venv") }, "darwin")).toEqual([
    "/System/Library/Frameworks/Accelerate.framework/Accelerate",
    "libopenblas.0.dylib",
    "libmkl_rt.2.dylib",
    wheel,
  ]);
});
