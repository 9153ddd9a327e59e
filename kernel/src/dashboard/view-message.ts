import type { ViewMessage } from "./messages.js";

/** Messages that name a run and nothing else. */
type PlainKind = Exclude<ViewMessage["kind"], "inspect">;

const KINDS: readonly string[] = [
  "subscribe",
  "unsubscribe",
  "snapshot",
  "cancel",
  "pause",
  "resume",
  "retry",
  "rerun",
] satisfies PlainKind[];
const RUN_ID_LIMIT = 200;

/** The message that `data` is; undefined for anything else. Data of a comm may come from any web page script. */
export function asViewMessage(data: unknown): ViewMessage | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { kind, run, task } = data as Readonly<Record<string, unknown>>;
  if (typeof run !== "string" || run.length > RUN_ID_LIMIT || typeof kind !== "string") return undefined;
  if (kind === "inspect") {
    const isTask = typeof task === "number" && Number.isInteger(task) && task >= 0;
    return isTask ? { kind, run, task } : undefined;
  }
  return KINDS.includes(kind) ? { kind: kind as PlainKind, run } : undefined;
}
