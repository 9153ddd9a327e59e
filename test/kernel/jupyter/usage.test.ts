import { availableParallelism, hostname, totalmem } from "node:os";
import { type PoolUsage, Usage } from "../../../kernel/src/jupyter/usage.js";

const pool: PoolUsage = { workers: 2, runs: 1, array_memory: 8, array_memory_peak: 16, array_memory_limit: 32 };

test("usage has the fields of ipykernel, in its units", () => {
  const usage = new Usage({ pool: () => undefined, childMemory: () => 0 }).read();
  expect(usage).toEqual({
    hostname: hostname(),
    pid: process.pid,
    kernel_cpu: expect.any(Number),
    kernel_memory: expect.any(Number),
    host_cpu_percent: expect.any(Number),
    cpu_count: availableParallelism(),
    host_virtual_memory: {
      total: totalmem(),
      available: expect.any(Number),
      used: expect.any(Number),
      free: expect.any(Number),
      percent: expect.any(Number),
    },
  });
  const { available, used, total } = usage.host_virtual_memory as Record<string, number>;
  expect(used + available).toBe(total);
});

test("memory of child processes belongs to the kernel", () => {
  const terabyte = 2 ** 40;
  expect(new Usage({ pool: () => pool, childMemory: () => terabyte }).read().kernel_memory).toBeGreaterThan(terabyte);
});

test("the pool is told once it has started", () => {
  let started: PoolUsage | undefined;
  const usage = new Usage({ pool: () => started, childMemory: () => 0 });
  expect(usage.read()).not.toHaveProperty("pool");
  started = pool;
  expect(usage.read().pool).toEqual(pool);
});

test("the processor time is that since the question before", () => {
  const usage = new Usage({ pool: () => undefined, childMemory: () => 0 });
  usage.read();
  const end = performance.now() + 60;
  while (performance.now() < end) Math.sqrt(end);
  // A thread that spins uses its core, but the machine may have given it to others in between.
  expect(usage.read().kernel_cpu).toBeGreaterThan(5);
});
