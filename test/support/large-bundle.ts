import { bundleOf } from "../../kernel/src/dashboard/bundle.js";
import type { RunBundle } from "../../kernel/src/dashboard/messages.js";
import { RunStore } from "../../kernel/src/dashboard/run-store.js";
import { type SimulatedTask, simulate } from "./simulated-run.js";

/** Two functions of 6,000 tasks and one that needs all: more tasks than are told one by one. */
export function largeTasks(pairs = 6_000): SimulatedTask[] {
  return [
    ...Array.from({ length: pairs }, (_, i) => ({ group: "load", needs: [], ms: 3 + (i % 5) })),
    ...Array.from({ length: pairs }, (_, i) => ({ group: "clean", needs: [i], ms: 2 + (i % 3) })),
    { group: "sum", needs: Array.from({ length: pairs }, (_, i) => pairs + i), ms: 10 },
  ];
}

/** A bundle of that run after `events` events, as the kernel makes it. */
export function sumsBundle(events = 20_000): RunBundle {
  const [started, ...all] = simulate(largeTasks(), { run: "large", title: "sum", workers: 4 });
  const store = new RunStore(started);
  for (const event of all.slice(0, events)) store.apply(event);
  return bundleOf(store, { seq: 1, now: store.now, use: "saved" });
}
