import { readFileSync } from "node:fs";
import { availableParallelism, cpus, freemem, hostname, totalmem } from "node:os";
import process from "node:process";
import type { Content } from "./wire/message.js";

/** What the pool of workers uses; sizes in bytes. */
export interface PoolUsage {
  /** threads that run tasks */
  readonly workers: number;
  /** graphs that run now */
  readonly runs: number;
  /** memory of arrays: in use, most so far, most allowed */
  readonly array_memory: number;
  readonly array_memory_peak: number;
  readonly array_memory_limit: number;
}

/** What usage is read from. */
export interface UsageSources {
  /** undefined before the engine has started, and for kernels without one */
  readonly pool: () => PoolUsage | undefined;
  /** bytes of the processes that belong to the kernel */
  readonly childMemory: () => number;
}

interface Sample {
  readonly timeMs: number;
  /** CPU time of the process, in milliseconds */
  readonly processMs: number;
  /** CPU time of the machine: busy and in all, in milliseconds */
  readonly busyMs: number;
  readonly machineMs: number;
}

/**
 * What the kernel and the machine use; processor figures are means since the question before.
 * @see the `usage_request` of ipykernel, whose fields jupyter-resource-usage reads
 */
export class Usage {
  readonly #sources: UsageSources;
  #last = sample();

  constructor(sources: UsageSources) {
    this.#sources = sources;
  }

  /** Fields of ipykernel's `usage_reply`; `pool` is ours. */
  read(): Content {
    const before = this.#last;
    const now = sample();
    this.#last = now;
    const pool = this.#sources.pool();
    return {
      hostname: hostname(),
      pid: process.pid,
      kernel_cpu: percent(now.processMs - before.processMs, now.timeMs - before.timeMs),
      kernel_memory: process.memoryUsage.rss() + this.#sources.childMemory(),
      host_cpu_percent: percent(now.busyMs - before.busyMs, now.machineMs - before.machineMs),
      cpu_count: availableParallelism(),
      host_virtual_memory: machineMemory(),
      ...(pool === undefined ? {} : { pool }),
    };
  }
}

function sample(): Sample {
  const { user, system } = process.cpuUsage();
  const times = cpus().map(({ times: { idle, ...busy } }) => ({ idle, busy: sum(Object.values(busy)) }));
  const busyMs = sum(times.map(({ busy }) => busy));
  return {
    timeMs: performance.now(),
    processMs: (user + system) / 1000,
    busyMs,
    machineMs: busyMs + sum(times.map(({ idle }) => idle)),
  };
}

/** Names are those of psutil. */
function machineMemory(): Content {
  const total = totalmem();
  const available = availableMemory() ?? freemem();
  return { total, available, percent: percent(total - available, total), used: total - available, free: freemem() };
}

/** What Linux would give to a program, caches included; other systems tell it as free. */
function availableMemory(): number | undefined {
  try {
    const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined;
  }
}

function percent(part: number, whole: number): number {
  return whole > 0 ? Math.round((1000 * part) / whole) / 10 : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
