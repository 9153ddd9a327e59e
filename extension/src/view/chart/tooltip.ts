import { formsOf } from "../datasets/card-rows.js";
import { huesOfGroups } from "../datasets/hues-of-groups.js";
import type { NodesPlan, OverviewPlan } from "../plan/plan.js";
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
  const card = plan.level !== "nodes" && typeof row.card === "number" ? plan.graph.nodes[row.card] : undefined;
  if (card === undefined) return undefined;
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
