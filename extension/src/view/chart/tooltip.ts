import { formsOf } from "../datasets/card-rows.js";
import { huesOfGroups } from "../datasets/hues-of-groups.js";
import type { NodesPlan, OverviewPlan } from "../plan/plan.js";
import { bucketsOf } from "../store/count-buckets.js";
import type { RunStore } from "../store/run-store.js";
import { FORMS } from "../store/state.js";
import { formWord } from "../text/form-words.js";
import type { Formats } from "../text/formats.js";
import { trans } from "../text/translation.js";
import type { Theme } from "../theme/theme.js";

/** What to say about the thing under the pointer: a title, and lines of a name and a value. */
export interface TooltipContent {
  readonly title: string;
  readonly lines: readonly (readonly [name: string, value: string])[];
}

/** What the row under the pointer stands for: a task, or a card, bar or tile of many. */
export function describeRow(
  row: Readonly<Record<string, unknown>>,
  store: RunStore,
  plan: NodesPlan | OverviewPlan,
  theme: Theme,
  formats: Formats,
): TooltipContent | undefined {
  if (typeof row.task === "number") return describeTask(row.task, store, formats);
  if (plan.level === "nodes" || typeof row.card !== "number") return undefined;
  const card = plan.graph.nodes[row.card];
  if (card === undefined) return undefined;
  if (typeof row.bucket === "number") return describeBucket(row.bucket, plan, store, formats);
  const forms = formsOf(card, { store, theme, formats, hues: huesOfGroups(store, theme) });
  const title = card.groups.map((g) => store.groups[g]!.name).join(", ");
  const ms = card.groups.reduce((sum, g) => sum + store.tasks.groupMs[g]!, 0);
  return {
    title,
    lines: [
      ...FORMS.filter((form) => forms[form] > 0).map((form) => [formWord(form), formats.count(forms[form])] as const),
      ...(forms.done > 0 ? [[trans.__("mean time"), formats.duration(ms / forms.done)] as const] : []),
    ],
  };
}

/** "load 1,001 … 1,025", and how many of these are in which form. */
function describeBucket(bucket: number, plan: OverviewPlan, store: RunStore, formats: Formats): TooltipContent {
  const table = bucketsOf(store, plan.tasksPerTile);
  const group = store.groups.findLastIndex((_, g) => table.first[g]! <= bucket);
  const { name, n } = store.groups[group]!;
  const from = (bucket - table.first[group]!) * table.size;
  const to = Math.min(n, from + table.size);
  const some = FORMS.map((form) => [form, table.count(bucket, form)] as const).filter(([, count]) => count > 0);
  return {
    title: `${name} ${formats.count(from + 1)} … ${formats.count(to)}`,
    lines: some.map(([form, count]) => [formWord(form), formats.count(count)] as const),
  };
}

/** One task: how it stands, where and when it ran, what it threw. */
export function describeTask(task: number, store: RunStore, formats: Formats): TooltipContent {
  const { tasks, groups } = store;
  const form = store.formOf(task);
  const [start, end] = [tasks.start[task]!, tasks.end[task]!];
  const lines: [string, string][] = [[trans.__("state"), formWord(form)]];
  if (start >= 0) {
    lines.push([trans.__("worker"), `w${tasks.worker[task]!}`], [trans.__("started"), formats.duration(start)]);
    lines.push([trans.__("took"), formats.duration((end < 0 ? store.elapsed : end) - start)]);
  }
  const error = store.errors.find((some) => some.task === task);
  if (error) lines.push([error.name, error.message]);
  return { title: tasks.key[task] ?? `${groups[tasks.group[task]!]!.name} ${formats.count(task)}`, lines };
}
