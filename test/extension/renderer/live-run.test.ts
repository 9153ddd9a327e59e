import type { DeltaMessage, EndMessage, RunBundle } from "dagbook/dashboard-messages";
import { LiveRun } from "../../../extension/src/renderer/live-run.js";
import { bundle } from "./bundle.js";

const final = bundle({ seq: 9, state: "finished", t1: 300, now: 300 });
const fresh = (changes: Partial<RunBundle> = {}) => bundle({ t0: Date.now() - 120, ...changes });

function delta(seq: number): DeltaMessage {
  const none = { i: [], s: [], a: [], b: [], w: [], pi: [], pf: [], errors: [], memory: { t: [], bytes: [] } };
  return { kind: "delta", run: "r1", seq, now: 130, ...none };
}

/** A run, and everything it asked of its line and told its view, in order. */
function opened(shown: RunBundle) {
  const log: string[] = [];
  const line = {
    subscribe: () => {
      log.push("subscribe");
      return () => log.push("unsubscribe");
    },
    snapshot: () => log.push("snapshot"),
    cancel: () => log.push("cancel"),
    pause: () => log.push("pause"),
    resume: () => log.push("resume"),
    ask: () => log.push("ask"),
  };
  const events = {
    changed: () => log.push("changed"),
    ended: ({ bundle }: EndMessage) => log.push(`ended ${bundle.state}`),
  };
  return { log, run: new LiveRun(shown, line, events) };
}

test.each(["finished", "erred", "cancelled", "planned"] as const)(
  "a run that is %s asks nothing of a kernel",
  (state) => {
    const { log, run } = opened(bundle({ state }));
    expect([log, run.standing, run.isLive]).toEqual([[], state, false]);
  },
);

test("a running run is live once the kernel has answered", () => {
  const { log, run } = opened(fresh());
  expect([run.standing, run.isLive]).toEqual(["running", false]);
  run.receive({ kind: "snapshot", run: "r1", bundle: fresh({ seq: 6 }) });
  expect([run.standing, run.isLive, run.store.seq]).toEqual(["running", true, 6]);
  expect(log).toEqual(["subscribe", "changed"]);
});

test("a bundle that was saved while its run went on says so, until a kernel confirms it", () => {
  const { run } = opened(bundle());
  expect(run.standing).toBe("saved");
  run.receive({ kind: "snapshot", run: "r1", bundle: bundle({ seq: 6 }) });
  expect(run.standing).toBe("running");
});

test("a gap asks for one snapshot, however many deltas show it", () => {
  const { log, run } = opened(fresh());
  for (const seq of [5, 7, 8, 9]) run.receive(delta(seq));
  expect(run.store.seq).toBe(5);
  run.receive({ kind: "snapshot", run: "r1", bundle: fresh({ seq: 9 }) });
  run.receive(delta(11));
  expect(log).toEqual(["subscribe", "changed", "snapshot", "changed", "snapshot"]);
});

test("the end is handed on, and ends the subscription", () => {
  const { log, run } = opened(fresh());
  run.receive({ kind: "end", run: "r1", bundle: final });
  expect([run.standing, run.isLive]).toEqual(["finished", false]);
  expect(log).toEqual(["subscribe", "unsubscribe", "ended finished", "changed"]);
});

test("a lost run keeps what is known and says why nothing more comes", () => {
  const { run } = opened(fresh());
  run.receive(delta(5));
  run.lose("restarted");
  expect([run.standing, run.isLive, run.store.seq]).toEqual(["restarted", false, 5]);
});

test("an output that knows less than was heard changes nothing", () => {
  const { run } = opened(fresh());
  run.receive({ kind: "snapshot", run: "r1", bundle: fresh({ seq: 6 }) });
  run.load(fresh({ seq: 4 }));
  expect(run.store.seq).toBe(6);
});

test("an output with the final state ends a live run, whatever its number", () => {
  const { log, run } = opened(fresh());
  run.load(bundle({ seq: 4, state: "cancelled", t1: 200 }));
  expect([run.standing, log]).toEqual(["cancelled", ["subscribe", "unsubscribe"]]);
});

test("a page that has seen no run of this graph knows the last one from the kernel", () => {
  const [past, workers] = [{ elapsed: 700, means: [35, 5] }, 7];
  const { run } = opened(fresh({ workers }));
  expect(run.past).toBeUndefined();
  run.receive({ kind: "snapshot", run: "r1", bundle: fresh({ seq: 6, workers, past }) });
  expect(run.past).toEqual(past);
  expect(opened(fresh({ workers, past })).run.past).toEqual(past);
});
