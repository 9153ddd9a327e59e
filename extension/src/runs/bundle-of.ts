import type { RunBundle } from "dagbook/dashboard-messages";
import type { CommClient } from "../renderer/comm-client.js";

/** The state of a run now, from its kernel; undefined if that does not know the run or is gone. */
export function bundleOf(client: Pick<CommClient, "subscribe">, run: string): Promise<RunBundle | undefined> {
  return new Promise((resolve) => {
    const settle = (bundle?: RunBundle) => {
      resolve(bundle);
      // The first message may come before `subscribe` has returned.
      queueMicrotask(() => leave());
    };
    const leave = client.subscribe(run, {
      receive: (message) => {
        if (message.kind === "snapshot" || message.kind === "end") settle(message.bundle);
      },
      lose: () => settle(),
    });
  });
}
