import { clipped } from "../../clipped.js";
import { escapeHtml } from "../../escape-html.js";
import { codeFrame } from "../errors/code-frame.js";
import type { MimeBundle } from "../session.js";
import type { CellDiagnostic } from "./type-checker.js";

/** More are folded: this is advice, and the output of the cell is what counts. */
const MAX_OPEN = 3;
/** A line of data has thousands of characters. */
const MAX_LINE = 160;

/** Colours of JupyterLab's theme; elsewhere those of the text around, which fit light and dark. */
const quiet = "color:var(--jp-ui-font-color2,inherit);opacity:.85";
const code = "font-family:var(--jp-code-font-family,monospace);font-size:var(--jp-code-font-size,13px)";
const boxStyle = [
  "border-left:3px solid var(--jp-warn-color1,#f57c00)",
  "padding:2px 0 2px 12px",
  "margin:4px 0",
  "color:var(--jp-content-font-color1,inherit)",
  "font-family:var(--jp-ui-font-family,sans-serif)",
  "font-size:var(--jp-ui-font-size1,13px)",
  "line-height:1.5",
].join(";");
const preStyle = `margin:2px 0 4px;padding:0 0 4px;background:none;color:inherit;white-space:pre-wrap;${code}`;
const markStyle =
  "background:none;color:inherit;text-decoration:underline wavy var(--jp-warn-color1,#f57c00);text-underline-offset:3px";

/** What types say of a cell that ran, as a note below its output. */
export function diagnosticsBundle(
  cell: { readonly count: number; readonly code: string },
  found: readonly CellDiagnostic[],
): MimeBundle {
  const text = found.flatMap(({ code: number, message, start }) => [
    `cell-${cell.count}.ts:${start.line}:${start.column} TS${number}: ${message}`,
    ...codeFrame(cell.code, start),
  ]);
  return { "text/html": htmlOf(cell.code, found), "text/plain": text.join("\n") };
}

function htmlOf(source: string, found: readonly CellDiagnostic[]): string {
  const notes = found.map((finding) => noteOf(source, finding));
  const folded = notes.slice(MAX_OPEN);
  const summary = `<summary style="cursor:pointer;${quiet}">${folded.length} more</summary>`;
  const more = folded.length === 0 ? "" : `<details>${summary}${folded.join("")}</details>`;
  return `<div class="dagbook-types" role="note" style="${boxStyle}">${notes.slice(0, MAX_OPEN).join("")}${more}</div>`;
}

function noteOf(source: string, { code: number, message, start, end }: CellDiagnostic): string {
  const [head = "", ...reasons] = message.split("\n");
  const why = reasons.map((reason) => `\n<span style="${quiet}">${escapeHtml(reason)}</span>`).join("");
  const place = `<span style="${quiet}">TS${number}, line ${start.line}</span>`;
  return (
    `<div>${escapeHtml(head)} ${place}</div>` + `<pre style="${preStyle}">${markedLine(source, start, end)}${why}</pre>`
  );
}

/** The line of a finding, the finding underlined. */
function markedLine(source: string, start: CellDiagnostic["start"], end: CellDiagnostic["end"]): string {
  const line = source.split("\n")[start.line - 1] ?? "";
  const from = start.column - 1;
  const to = end.line === start.line ? Math.max(end.column - 1, from + 1) : line.length;
  // The beginning of a long line says less than the place itself.
  const first = from > MAX_LINE / 2 ? from - MAX_LINE / 4 : 0;
  const before = `${first > 0 ? "…" : ""}${line.slice(first, from)}`.replace(/^\s+/, "");
  const marked = escapeHtml(clipped(line.slice(from, to), MAX_LINE));
  const after = clipped(line.slice(to), MAX_LINE);
  return `${escapeHtml(before)}<mark style="${markStyle}">${marked}</mark>${escapeHtml(after)}`;
}
