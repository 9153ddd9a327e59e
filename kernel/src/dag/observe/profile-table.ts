/**
 * A profile as people read it: a line about the run, a table of its functions, a table of its workers.
 * @module
 */
import { clipped } from "../../clipped.js";
import { escapeHtml } from "../../escape-html.js";
import { formatBytes } from "../../format-bytes.js";
import type { RunState } from "../engine/events.js";
import type { CriticalPath } from "./critical-path.js";
import type { FunctionProfile, WorkerProfile } from "./profile-parts.js";

/** Functions that are shown; those that took least time are summed up in one line. */
const MOST_FUNCTIONS = 20;
/** Workers that are shown. */
const MOST_WORKERS = 16;
/** Characters of a name or title. */
const NAME_LIMIT = 40;

/** What of a profile is shown. */
export interface ProfileFigures {
  readonly title: string;
  readonly state: RunState;
  readonly size: number;
  readonly ms: number;
  readonly peak: number;
  readonly spilled: number;
  readonly parallelism: number;
  readonly criticalPath: CriticalPath;
  readonly functions: readonly FunctionProfile[];
  readonly workers: readonly WorkerProfile[];
}

interface Table {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Lines of text with aligned columns. */
export function profileText(profile: ProfileFigures): string {
  return [summaryOf(profile), ...tablesOf(profile).map(tableText)].join("\n\n");
}

/** Tables; everything from the user is escaped. */
export function profileHtml(profile: ProfileFigures): string {
  return `<p>${escapeHtml(summaryOf(profile))}</p>${tablesOf(profile).map(tableHtml).join("")}`;
}

function summaryOf({ title, state, ms, parallelism, criticalPath, peak, spilled, size }: ProfileFigures): string {
  const parts = [
    `${state}, ${counted(size)} in ${msText(ms)} ms`,
    `${parallelism.toFixed(2)} running on average`,
    `critical path ${msText(criticalPath.ms)} ms (${counted(criticalPath.keys.length)})`,
  ];
  if (peak > 0) parts.push(`peak memory ${formatBytes(peak)}`);
  if (spilled > 0) parts.push(`at most ${formatBytes(spilled)} on disk`);
  return `${title === "" ? "run" : clipped(title, NAME_LIMIT)}: ${parts.join("; ")}`;
}

function tablesOf({ functions, workers }: ProfileFigures): Table[] {
  const shown = functions.slice(0, MOST_FUNCTIONS).map(({ name, count, total, mean, max, bytes }) => {
    return [clipped(name, NAME_LIMIT), String(count), msText(total), msText(mean), msText(max), bytesText(bytes)];
  });
  const others = functions.slice(MOST_FUNCTIONS);
  if (others.length > 0) {
    const count = others.reduce((sum, one) => sum + one.count, 0);
    const total = others.reduce((sum, one) => sum + one.total, 0);
    const max = Math.max(...others.map((one) => one.max));
    const bytes = bytesText(others.reduce((sum, one) => sum + one.bytes, 0));
    const times = [msText(total), msText(count && total / count), msText(max)];
    shown.push([`${others.length} more`, String(count), ...times, bytes]);
  }
  const loads = workers.slice(0, MOST_WORKERS).map(({ worker, count, busy, idle }) => {
    return [String(worker), String(count), msText(busy), msText(idle)];
  });
  if (workers.length > MOST_WORKERS) loads.push([`${workers.length - MOST_WORKERS} more`, "", "", ""]);
  return [
    { heads: ["function", "runs", "total ms", "mean ms", "max ms", "results"], rows: shown },
    { heads: ["worker", "runs", "busy ms", "idle ms"], rows: loads },
  ].filter(({ rows }) => rows.length > 0);
}

function tableText({ heads, rows }: Table): string {
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i].length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join("  ")
      .trimEnd();
  return [heads, ...rows].map(line).join("\n");
}

function tableHtml({ heads, rows }: Table): string {
  const head = heads.map((text) => `<th>${escapeHtml(text)}</th>`).join("");
  const body = rows.map(([name, ...cells]) => {
    return `<tr><th>${escapeHtml(name)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

function counted(tasks: number): string {
  return `${tasks.toLocaleString("en-US")} ${tasks === 1 ? "task" : "tasks"}`;
}

/** Empty for functions whose results no other worker needed. */
function bytesText(bytes: number): string {
  return bytes === 0 ? "" : formatBytes(bytes);
}

/** Three digits: tasks take microseconds or minutes. */
function msText(ms: number): string {
  return ms >= 100 ? String(Math.round(ms)) : String(Number(ms.toPrecision(3)));
}
