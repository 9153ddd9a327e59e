import { clipped } from "../clipped.js";
import { formatMs } from "./format.js";
import type { RunBundle } from "./messages.js";
import { figures, standing, totalsOf } from "./totals.js";

const ROWS = 30;
const ERRORS = 5;
const NAME_WIDTH = 40;

/** A run as a table of text: for terminals, diffs and screen readers. */
export function textOf(bundle: RunBundle): string {
  const title = clipped(oneLine(bundle.title), NAME_WIDTH);
  const lines = [[title, ...standing(bundle), ...figures(bundle)].join(" · "), ""];
  lines.push(...table(bundle));
  if (bundle.groups.length > ROWS) lines.push(`and ${bundle.groups.length - ROWS} more functions`);
  for (const { key, name, message } of bundle.errors.slice(0, ERRORS)) {
    lines.push("", `${key} failed: ${name}: ${clipped(oneLine(message), 200)}`);
  }
  return lines.join("\n");
}

function table(bundle: RunBundle): string[] {
  const rows = [
    ["function", "done", "failed", "time"],
    ...bundle.groups.slice(0, ROWS).map((_, group) => row(bundle, group)),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  return rows.map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join("  "),
  );
}

function row(bundle: RunBundle, group: number): string[] {
  const { n, done, failed } = totalsOf(bundle, group);
  const { name, ms } = bundle.groups[group];
  return [clipped(oneLine(name), NAME_WIDTH), `${done}/${n}`, String(failed), formatMs(ms)];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
