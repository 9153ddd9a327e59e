/**
 * Policies side by side, as people read them: text, and a table with pictures.
 * @module
 */
import { clipped } from "../../clipped.js";
import { escapeHtml } from "../../escape-html.js";
import { formatBytes } from "../../format-bytes.js";
import { explanationPicture, isDecidedLowest, type Section } from "./explanation-picture.js";
import type { Forecast } from "./forecast.js";
import { paint } from "./picture-paint.js";
import type { ExplanationFigures, PolicyFigures } from "./policy-figures.js";

/** Characters of a title. */
const NAME_LIMIT = 40;

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

/**
 * Pictures of what was simulated and measured, and their figures as a table with a row for each policy; everything from
 * the user is escaped.
 */
export function explanationHtml(figures: ExplanationFigures): string {
  const sections = sectionsOf(figures.policies);
  const groups = groupsOf(sections);
  const pictures = sections.map((section) => explanationPicture(section, groups));
  const card = `padding:12px 20px;color:${paint("ink")};background:${paint("ground")};border:1px solid ${paint("line")};border-radius:6px`;
  return (
    `<div style="max-width:960px;${card}"><p style="margin:0 0 12px;font-weight:600">${escapeHtml(summaryOf(figures))}</p>` +
    `${pictures.join("")}<details><summary style="color:${paint("ink2")};cursor:pointer">Figures</summary>` +
    `${tableHtml(figures.policies, sections)}</details></div>`
  );
}

/** The lowest figure of a column is strong. */
function tableHtml(policies: readonly PolicyFigures[], sections: readonly Section[]): string {
  const columns = sections.flatMap(({ name, rows }) => rows.map((row) => ({ ...row, head: `${name} ${row.head}` })));
  const heads = ["policy", ...columns.map(({ head }) => head)].map((head) => `<th>${head}</th>`);
  const rows = policies.map(({ policy }, place) => {
    const cells = columns.map((column) => {
      const text = escapeHtml(column.textOf(column.values[place]));
      return `<td>${isDecidedLowest(column, column.values[place]) ? `<strong>${text}</strong>` : text}</td>`;
    });
    return `<tr><th>${escapeHtml(policy)}</th>${cells.join("")}</tr>`;
  });
  return `<table><thead><tr>${heads.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
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
    courses: policies.map(({ policy, simulated: { stream, memory } }) => ({ policy, stream, memory })),
  };
  if (measured.length < simulated.length) return [ofSimulated];
  const ofMeasured: Section = {
    name: "measured",
    rows: [
      { head: "makespan", values: measured.map(({ makespan }) => makespan), textOf: timeText("ms") },
      { head: "peak", values: measured.map(({ peak }) => peak), textOf: sizeText("bytes") },
      { head: "moved", values: measured.map(({ moved }) => moved), textOf: sizeText(unit) },
    ],
    courses: measured.map(({ stream, memory }, place) => ({ policy: policies[place].policy, stream, memory })),
  };
  return [ofSimulated, ofMeasured];
}

/** Names of functions in the order in which the first stream began them. */
function groupsOf(sections: readonly Section[]): readonly string[] {
  const names = new Set<string>();
  for (const { courses } of sections)
    for (const { stream } of courses) for (const { group } of stream) names.add(group);
  return [...names];
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
