/**
 * Numbers as text for people.
 * @module
 */

/** @example formatMs(10_132) // "10.1 s" */
export function formatMs(ms: number): string {
  if (ms > 0 && ms < 0.5) return "<1 ms";
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < 9_995) return `${(ms / 1_000).toFixed(2)} s`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}

/** "1 task", "2 tasks" */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

/** How many of how many: "24,990/25,000" */
export function shareOf(done: number, n: number): string {
  return `${done.toLocaleString("en-US")}/${n.toLocaleString("en-US")}`;
}
