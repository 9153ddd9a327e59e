// Arrays larger than `memoryLimit`: an array of random numbers that exists nowhere is reduced; one on disk is
// standardised and stored, as .npy and as Zarr. Each runs in a process of its own, whose peak RSS is quoted beside its
// time. dask.array does the same with the same chunks where it can (it has no memoryLimit, it reads .npy through
// numpy.load(mmap_mode="r") and writes by da.store; its peak RSS includes the pages of the file it has mapped).
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const python = join(import.meta.dirname, "../../.venv/bin/python");
const MB = 1e6;
/** as in out-of-core-child.mjs */
const ROW_BYTES = 8 * MB;
/** Bytes of the virtual array, of the one on disk, and of the limit. */
const SIZES = {
  quick: { virtual: 160 * MB, disk: 80 * MB, limit: 40 * MB },
  normal: { virtual: 10_000 * MB, disk: 2_000 * MB, limit: 500 * MB },
  large: { virtual: 40_000 * MB, disk: 8_000 * MB, limit: 1_000 * MB },
};

const theirs = `
import json, resource, sys, time
import numpy as np, dask, dask.array as da
job, size, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
shape = (size // ${ROW_BYTES}, ${ROW_BYTES / 8})
dask.config.set(scheduler="threads", num_workers=${os.availableParallelism()})
def reduce():
    da.random.default_rng(1).normal(size=shape, chunks=(1, shape[1])).mean().compute()
def npy():
    x = da.from_array(np.load(folder + "/x.npy", mmap_mode="r"), chunks=(1, shape[1]))
    y = (x - x.mean()) / x.std()
    target = np.lib.format.open_memmap(folder + "/dask.npy", "w+", "float64", shape)
    da.store(y, target, lock=False)
start = time.perf_counter()
{"reduce": reduce, "npy": npy}[job]()
took = (time.perf_counter() - start) * 1000
print(json.dumps({"ms": took, "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
`;

async function runChild(command, args) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const output = await text(child.stdout);
  const code = await ended;
  if (code !== 0) throw new Error(`${args.slice(-4).join(" ")} ended with ${code}`);
  return JSON.parse(output);
}

/**
 * @param {{ quick: boolean, large?: boolean }} options quick: 80 MB on disk instead of 2 GB; large: 8 GB, and 40 GB virtual
 * @returns {Promise<import("./run.mjs").Row[]>}
 */
export async function rows({ quick, large = false }) {
  const { virtual, disk, limit } = SIZES[quick ? "quick" : large ? "large" : "normal"];
  const folder = mkdtempSync(join(os.tmpdir(), "dagbook-out-of-core-"));
  const own = (job, bytes) =>
    runChild(process.execPath, [
      join(import.meta.dirname, "out-of-core-child.mjs"),
      job,
      String(bytes),
      String(limit),
      folder,
    ]);
  const dask = (job, bytes) => runChild(python, ["-c", theirs, job, String(bytes), folder]);
  try {
    const measured = [];
    const compare = async (name, job, bytes, rival) => {
      const mine = await own(job, bytes);
      const other = rival && (await dask(job, bytes));
      const row = (unit, kind, scale, goal) => ({
        name: `${name}: ${kind}`,
        unit,
        goal,
        ours: mine[unit === "s" ? "ms" : "rss"] / scale,
        rivals: other ? { "dask.array": other[unit === "s" ? "ms" : "rss"] / scale } : {},
      });
      measured.push(row("s", "time", 1000, ""), row("MB", "peak RSS", MB, `bounded (memoryLimit ${limit / MB} MB)`));
    };
    await compare(`mean of ${virtual / MB} MB random numbers`, "reduce", virtual, true);
    await own("makeNpy", disk);
    await compare(`${disk / MB} MB .npy standardised and stored`, "npy", disk, true);
    await own("makeZarr", disk);
    await compare(`${disk / MB} MB Zarr standardised and stored`, "zarr", disk, false);
    await own("check", disk);
    return measured;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
