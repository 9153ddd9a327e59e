/**
 * A memory report as people read it: a line of figures, a bar of what is used, a table of who holds most.
 * @module
 */
import { clipped } from "../../clipped.js";
import { escapeHtml } from "../../escape-html.js";
import { formatBytes } from "../../format-bytes.js";
import { GROUND, HUES } from "../../picture-colours.js";
import type { Holder } from "./holders.js";

/** Holders that are listed. */
const MOST_HOLDERS = 10;
/** Characters of a name. */
const NAME_LIMIT = 40;
/** Pixels. */
const WIDTH = 400;
const HEIGHT = 14;
/** Characters of the bar in text. */
const TEXT_WIDTH = 40;
const PEAK = "stroke:var(--jp-ui-font-color1,currentColor)";
const COLOURS = { persisted: HUES[0], running: HUES[1], others: HUES[2] } as const;
const SIGNS = { persisted: "#", running: "=", others: "+" } as const;

/** What of a report is shown. */
export interface MemoryFigures {
  readonly used: number;
  readonly peak: number;
  readonly limit: number;
  readonly spilled: number;
  readonly blocks: number;
  readonly fragmentation: number;
  readonly holders: readonly Holder[];
}

type Part = keyof typeof COLOURS;
const PARTS: readonly Part[] = ["persisted", "running", "others"];
const WORDS = {
  persisted: "persisted",
  running: "results of runs",
  others: "other results, arguments, arrays of da.fromArray, running tasks",
} as const;

/** Lines of text with aligned columns. */
export function memoryText(report: MemoryFigures): string {
  const rows = [HEADS, ...rowsOf(report)];
  const widths = HEADS.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const table = rows.map((row) => {
    const cells = row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])));
    return cells.join("  ").trimEnd();
  });
  const bytes = bytesOf(report);
  const bar = PARTS.map((part) => SIGNS[part].repeat(Math.round((bytes[part] / report.limit) * TEXT_WIDTH))).join("");
  const legend = PARTS.filter((part) => bytes[part] > 0).map((part) => `${SIGNS[part]} ${legendOf(part, bytes)}`);
  const parts = [summaryOf(report), [`[${bar.slice(0, TEXT_WIDTH).padEnd(TEXT_WIDTH)}]`, ...legend].join("\n")];
  return [...parts, ...(rows.length > 1 ? [table.join("\n")] : [])].join("\n\n");
}

/** The chart and the table; names of users are escaped. */
export function memoryHtml(report: MemoryFigures): string {
  const head = HEADS.map((text) => `<th>${text}</th>`).join("");
  const body = rowsOf(report).map(([name, ...cells]) => {
    return `<tr><th>${escapeHtml(name)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
  });
  const table =
    body.length === 0 ? "" : `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
  return `<p>${escapeHtml(summaryOf(report))}</p>${chart(report)}${table}`;
}

function summaryOf({ used, peak, limit, spilled, blocks, fragmentation }: MemoryFigures): string {
  const parts = [
    `array memory: ${formatBytes(used)} of ${formatBytes(limit)} in ${blocks.toLocaleString("en-US")} ${blocks === 1 ? "block" : "blocks"}`,
    `peak ${formatBytes(peak)}`,
    `${formatBytes(spilled)} on disk`,
    `${Math.round(fragmentation * 100)} % of the free memory in small pieces`,
  ];
  return parts.join("; ");
}

const HEADS = ["name", "held by", "results", "memory", "disk"] as const;

function rowsOf({ holders }: MemoryFigures): string[][] {
  const rows = holders.slice(0, MOST_HOLDERS).map((holder) => {
    const { name, count, bytes, onDisk } = holder;
    return [
      clipped(name, NAME_LIMIT),
      clipped(ownerText(holder), NAME_LIMIT),
      String(count),
      text(bytes),
      text(onDisk),
    ];
  });
  const others = holders.slice(MOST_HOLDERS);
  if (others.length > 0) {
    const sum = (of: "count" | "bytes" | "onDisk") => others.reduce((total, holder) => total + holder[of], 0);
    rows.push([`${others.length} more`, "", String(sum("count")), text(sum("bytes")), text(sum("onDisk"))]);
  }
  return rows;
}

function ownerText({ owner }: Holder): string {
  return owner === "persisted" ? "persist" : `run ${owner.run}`.trimEnd();
}

function bytesOf({ used, holders }: MemoryFigures): Record<Part, number> {
  const bytes = { persisted: 0, running: 0, others: 0 };
  for (const holder of holders) bytes[holder.owner === "persisted" ? "persisted" : "running"] += holder.bytes;
  bytes.others = Math.max(0, used - bytes.persisted - bytes.running);
  return bytes;
}

function chart(report: MemoryFigures): string {
  const bytes = bytesOf(report);
  const scale = WIDTH / report.limit;
  let x = 0;
  const bars = PARTS.map((part) => {
    const width = Math.min(bytes[part] * scale, WIDTH - x);
    const bar = `<rect x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="${HEIGHT}" fill="${COLOURS[part]}">`;
    x += width;
    return width > 0 ? `${bar}<title>${legendOf(part, bytes)}</title></rect>` : "";
  });
  const peak = Math.min(report.peak * scale, WIDTH - 1).toFixed(2);
  const line = `<line x1="${peak}" x2="${peak}" y2="${HEIGHT}" style="${PEAK}"><title>peak ${formatBytes(report.peak)}</title></line>`;
  const legend = PARTS.filter((part) => bytes[part] > 0).map((part) => {
    return `<span style="color:${COLOURS[part]}">&#9632;</span> ${legendOf(part, bytes)}`;
  });
  const label = escapeHtml(summaryOf(report));
  return (
    `<svg width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">` +
    `<rect width="${WIDTH}" height="${HEIGHT}" style="${GROUND}"/>${bars.join("")}${line}</svg><br>${legend.join("<br>")}`
  );
}

function legendOf(part: Part, bytes: Readonly<Record<Part, number>>): string {
  return `${WORDS[part]}: ${formatBytes(bytes[part])}`;
}

/** Empty for nothing. */
function text(bytes: number): string {
  return bytes === 0 ? "" : formatBytes(bytes);
}
