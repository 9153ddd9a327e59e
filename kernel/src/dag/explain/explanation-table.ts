/**
 * Policies side by side, as people read them: text, and a table with pictures.
 * @module
 */
import { clipped } from "../../clipped.js";
import { escapeHtml } from "../../escape-html.js";
import { formatBytes } from "../../format-bytes.js";
import type { Forecast } from "./forecast.js";
import type { ExplanationFigures, PolicyFigures } from "./policy-figures.js";
import type { StreamEntry } from "./stream-entry.js";
import { hueOf, streamPicture } from "./stream-picture.js";

/** Characters of a title or of a name in the legend. */
const NAME_LIMIT = 40;
/** Functions in the legend. */
const MOST_NAMES = 12;

/** One line of the table: what each policy has of something. */
interface Row {
  readonly head: string;
  readonly values: readonly number[];
  readonly textOf: (value: number) => string;
}

interface Section {
  readonly name: "simulated" | "measured";
  readonly rows: readonly Row[];
  readonly streams: readonly (readonly StreamEntry[])[];
}

/** Lines of text with aligned columns, a line for each policy. */
export function explanationText(figures: ExplanationFigures): string {
  const sections = sectionsOf(figures.policies);
  const heads = ["policy", ...sections.flatMap(({ name, rows }) => rows.map(({ head }) => `${name} ${head}`))];
  const lines = figures.policies.map(({ policy }, i) => {
    return [policy, ...sections.flatMap(({ rows }) => rows.map(({ values, textOf }) => textOf(values[i])))];
  });
  const widths = heads.map((head, column) => Math.max(head.length, ...lines.map((line) => line[column].length)));
  const aligned = [heads, ...lines].map((line) => {
    const cells = line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])));
    return cells.join("  ");
  });
  return [summaryOf(figures), "", ...aligned].join("\n");
}

/** A table with a column for each policy; everything from the user is escaped. The lowest of a row is strong. */
export function explanationHtml(figures: ExplanationFigures): string {
  const sections = sectionsOf(figures.policies);
  const groups = groupsOf(sections);
  const heads = figures.policies.map(({ policy }) => `<th style="white-space:nowrap">${escapeHtml(policy)}</th>`);
  const parts = sections.map((section, i) => {
    const head = `<tr><th>${section.name}</th>${heads.join("")}</tr>`;
    const body = sectionHtml(section, groups);
    return i === 0 ? `<thead>${head}</thead><tbody>${body}</tbody>` : `<tbody>${head}${body}</tbody>`;
  });
  return (
    `<div style="overflow-x:auto"><p>${escapeHtml(summaryOf(figures))}</p>` +
    `<table>${parts.join("")}</table>${legendHtml(groups)}</div>`
  );
}

function summaryOf({ title, size, workers }: ExplanationFigures): string {
  const name = title === "" ? "graph" : clipped(title, NAME_LIMIT);
  return `${name}: ${counted(size, "task")} on ${counted(workers, "worker")}`;
}

function sectionsOf(policies: readonly PolicyFigures[]): readonly Section[] {
  const simulated = policies.map((one) => one.simulated);
  const measured = policies.flatMap((one) => one.measured ?? []);
  if (simulated.length === 0) return [];
  const { timeUnit, unit } = simulated[0];
  const ofSimulated: Section = {
    name: "simulated",
    rows: [
      { head: "makespan", values: simulated.map(({ makespan }) => makespan), textOf: timeText(timeUnit) },
      { head: "peak", values: simulated.map(({ peak }) => peak), textOf: sizeText(unit) },
      { head: "moved", values: simulated.map(({ moved }) => moved), textOf: sizeText(unit) },
    ],
    streams: simulated.map(({ stream }) => stream),
  };
  if (measured.length < simulated.length) return [ofSimulated];
  const ofMeasured: Section = {
    name: "measured",
    rows: [
      { head: "makespan", values: measured.map(({ makespan }) => makespan), textOf: timeText("ms") },
      { head: "peak", values: measured.map(({ peak }) => peak), textOf: sizeText("bytes") },
      { head: "moved", values: measured.map(({ moved }) => moved), textOf: sizeText(unit) },
    ],
    streams: measured.map(({ stream }) => stream),
  };
  return [ofSimulated, ofMeasured];
}

function sectionHtml({ rows, streams }: Section, groups: readonly string[]): string {
  const figures = rows.map((row) => `<tr><th>${row.head}</th>${rowCells(row)}</tr>`).join("");
  // One scale for all, so that a longer run is a longer picture.
  const makespan = Math.max(...rows[0].values);
  const pictures = streams.map((stream) => {
    return `<td>${streamPicture(stream, { groups, makespan, textOf: rows[0].textOf })}</td>`;
  });
  return `${figures}<tr><th>stream</th>${pictures.join("")}</tr>`;
}

function rowCells({ values, textOf }: Row): string {
  // By the text: what looks equal is equal.
  const lowest = textOf(Math.min(...values));
  const isDecided = values.some((value) => textOf(value) !== lowest);
  const cells = values.map((value) => {
    const text = escapeHtml(textOf(value));
    return `<td>${isDecided && textOf(value) === lowest ? `<strong>${text}</strong>` : text}</td>`;
  });
  return cells.join("");
}

/** Names of functions in the order in which the first stream began them. */
function groupsOf(sections: readonly Section[]): readonly string[] {
  const names = new Set<string>();
  for (const { streams } of sections) for (const stream of streams) for (const { group } of stream) names.add(group);
  return [...names];
}

function legendHtml(groups: readonly string[]): string {
  const shown = groups.slice(0, MOST_NAMES).map((name, i) => {
    return `<span style="white-space:nowrap"><span style="color:${hueOf(i)}">■</span> ${escapeHtml(clipped(name, NAME_LIMIT))}</span>`;
  });
  if (groups.length > MOST_NAMES) shown.push(`${groups.length - MOST_NAMES} more`);
  return `<p>${shown.join(" &#160; ")}</p>`;
}

function timeText(unit: Forecast["timeUnit"]): (value: number) => string {
  return (value) => (unit === "ms" ? `${rounded(value)} ms` : counted(rounded(value), "task"));
}

function sizeText(unit: Forecast["unit"]): (value: number) => string {
  return (value) => (unit === "bytes" ? formatBytes(Math.round(value)) : counted(rounded(value), "result"));
}

function counted(count: number, name: string): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? name : `${name}s`}`;
}

/** Three digits: tasks take microseconds or minutes. */
function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
