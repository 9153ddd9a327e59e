import type { RunStore } from "../store/run-store.js";
import { doneOf } from "../text/done-of.js";
import { type Formats, formatsFor } from "../text/formats.js";
import { summary } from "../text/summary.js";
import { locale, trans } from "../text/translation.js";
import { type Comparison, differenceMs, type FunctionPair } from "./comparison.js";
import { countsText, isNothing, signed, signedPercent, signedWithPercent } from "./difference-text.js";

/** A comparison in words and figures, ready for the DOM. */
export interface ComparisonText {
  readonly title: string;
  /** heads of the columns of `runs`; the first column, the names, has none */
  readonly runColumns: readonly string[];
  /** A, B, and the difference */
  readonly runs: readonly { readonly name: string; readonly cells: readonly string[] }[];
  /** what differs, a sentence each; empty while there is nothing to say */
  readonly sentences: readonly string[];
  /** heads of the columns of `functions`; the first column is the name */
  readonly functionColumns: readonly string[];
  readonly functions: readonly { readonly name: string; readonly cells: readonly string[] }[];
}

/** Names that are listed one by one. */
const MOST_NAMES = 5;

/** @param tag a BCP 47 tag for numbers; without one the language in use */
export function comparisonText(comparison: Comparison, tag = locale()): ComparisonText {
  const formats = formatsFor(tag);
  const { a, b, functions } = comparison;
  return {
    title: a.title === b.title ? trans.__("Comparison of %1", a.title) : trans.__("%1 and %2", a.title, b.title),
    runColumns: [
      "",
      trans.__("Run"),
      trans.__("Began"),
      trans.__("State"),
      trans.__("Tasks"),
      trans.__("Workers"),
      trans.__("Total time"),
      trans.__("Peak memory"),
    ],
    runs: [
      { name: "A", cells: runCells(a, formats, tag) },
      { name: "B", cells: runCells(b, formats, tag) },
      { name: trans.__("Difference"), cells: differenceCells(comparison, formats) },
    ],
    sentences: sentencesOf(comparison, formats),
    functionColumns: [trans.__("Function"), ...pairColumns()],
    functions: functions.map((pair) => ({ name: pair.name, cells: pairCells(pair, formats) })),
  };
}

function runCells(store: RunStore, formats: Formats, tag: string | undefined): string[] {
  const { stateText, failedText } = summary(store, tag);
  const { done } = store.forms();
  const began = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "medium" }).format(store.bundle.t0);
  return [
    store.title,
    began,
    [stateText, failedText].filter(Boolean).join(" · "),
    done === store.n ? formats.count(done) : doneOf(done, store.n, formats),
    formats.count(store.workers),
    formats.duration(store.elapsed),
    formats.bytes(store.peak),
  ];
}

function differenceCells(comparison: Comparison, formats: Formats): string[] {
  const { a, b } = comparison;
  const hasEnded = !isGoing(comparison);
  return [
    "",
    "",
    "",
    signed(b.n - a.n, formats.count),
    signed(b.workers - a.workers, formats.count),
    hasEnded ? signedWithPercent(a.elapsed, b.elapsed, formats.duration) : "",
    hasEnded ? signedWithPercent(a.peak, b.peak, formats.bytes) : "",
  ];
}

/** What `pairCells` gives. */
export function pairColumns(): string[] {
  return [
    trans.__("Time in A"),
    trans.__("Time in B"),
    trans.__("Difference"),
    trans.__("Percent"),
    trans.__("Tasks"),
    trans.__("Failed"),
  ];
}

/** The figures of one function: both times, their difference and its share, tasks, failures. */
export function pairCells(pair: FunctionPair, formats: Formats): string[] {
  const { a, b } = pair;
  const time = (ms: number | undefined) => (ms === undefined ? "–" : formats.duration(ms));
  const difference = differenceMs(pair);
  return [
    time(a?.ms),
    time(b?.ms),
    difference === undefined ? noDifferenceText(pair) : signed(difference, formats.duration),
    a && b && difference !== undefined ? signedPercent(a.ms, b.ms) : "",
    countsText(a?.tasks, b?.tasks, formats),
    countsText(a?.failed, b?.failed, formats),
  ];
}

/** Why a function has no difference. */
export function noDifferenceText({ a, b }: FunctionPair): string {
  if (a && b) return trans.__("not done yet");
  return a ? trans.__("only in A") : trans.__("only in B");
}

function sentencesOf(comparison: Comparison, formats: Formats): string[] {
  const graphs = graphSentences(comparison);
  if (isGoing(comparison)) return [...graphs, trans.__("Functions are compared as soon as all their tasks are done.")];
  return [...graphs, timeSentence(comparison, formats), ...mostSentence(comparison, formats)];
}

function isGoing({ a, b }: Comparison): boolean {
  return a.state === "running" || b.state === "running";
}

function timeSentence({ a: { elapsed: a }, b: { elapsed: b } }: Comparison, formats: Formats): string {
  if (isNothing(b - a, formats.duration)) return trans.__("Both took the same time.");
  const size = formats.duration(Math.abs(b - a));
  const percent = signedPercent(a, b).replace(/^[+−]/, "");
  return b < a
    ? trans.__("B took %1 less than A (%2).", size, percent)
    : trans.__("B took %1 more than A (%2).", size, percent);
}

/** The function whose time differs most. */
function mostSentence({ functions }: Comparison, formats: Formats): string[] {
  const sizeOf = (pair: FunctionPair) => Math.abs(differenceMs(pair) ?? 0);
  const most = functions.reduce<FunctionPair | undefined>(
    (best, pair) => (best && sizeOf(best) >= sizeOf(pair) ? best : pair),
    undefined,
  );
  const difference = most && differenceMs(most);
  if (!most || difference === undefined || isNothing(difference, formats.duration)) return [];
  return [trans.__("The largest change is in %1: %2.", most.name, signed(difference, formats.duration))];
}

/** In which way the graphs are not the same. */
function graphSentences({ functions, isSameGraph }: Comparison): string[] {
  if (isSameGraph) return [];
  const names = (pairs: readonly FunctionPair[]) => listed(pairs.map(({ name }) => name));
  const onlyA = functions.filter(({ b }) => !b);
  const onlyB = functions.filter(({ a }) => !a);
  const other = functions.filter(({ a, b }) => a && b && a.tasks !== b.tasks);
  return [
    trans.__("These are runs of different graphs; functions are matched by name."),
    ...(onlyA.length > 0 ? [trans.__("Only in A: %1.", names(onlyA))] : []),
    ...(onlyB.length > 0 ? [trans.__("Only in B: %1.", names(onlyB))] : []),
    ...(other.length > 0 ? [trans.__("With other numbers of tasks: %1.", names(other))] : []),
  ];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(", ");
  const left = names.length - MOST_NAMES;
  return left > 0 ? trans._n("%3 and %2 more", "%3 and %2 more", left, formatsFor().count(left), shown) : shown;
}
