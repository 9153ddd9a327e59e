// What this process has running, as Linux tells it.
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Ids of its child processes. */
export function children(): number[] {
  return readdirSync("/proc/self/task").flatMap((thread) => {
    const path = `/proc/self/task/${thread}/children`;
    return existsSync(path) ? readFileSync(path, "utf8").split(" ").filter(Boolean).map(Number) : [];
  });
}

export function threadCount(): number {
  return Number(/^Threads:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0);
}
