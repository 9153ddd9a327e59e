import type { ViewMessage } from "./messages.js";

const KINDS: readonly string[] = ["subscribe", "unsubscribe", "snapshot", "cancel"] satisfies ViewMessage["kind"][];
const RUN_ID_LIMIT = 200;

/** The message that `data` is; undefined for anything else. Data of a comm may come from any web page script. */
export function asViewMessage(data: unknown): ViewMessage | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { kind, run } = data as Readonly<Record<string, unknown>>;
  if (typeof kind !== "string" || !KINDS.includes(kind)) return undefined;
  if (typeof run !== "string" || run.length > RUN_ID_LIMIT) return undefined;
  return { kind: kind as ViewMessage["kind"], run };
}
