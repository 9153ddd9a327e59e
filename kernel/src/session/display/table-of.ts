import { types } from "node:util";
import { clipped } from "../../clipped.js";
import { escapeHtml } from "../../escape-html.js";
import { hasPlainPrototype } from "../../kinds.js";
import { safeInspect } from "../errors/safe-read.js";

const MAX_ROWS = 20;
const MAX_COLUMNS = 20;
const MAX_CELL = 100;
/** An object with more keys is a dictionary, and no row of a table. */
const MAX_KEYS = 1000;

/** A list of records as an HTML table of at most 20 rows and 20 columns; nothing for any other value. */
export function tableOf(value: unknown): string | undefined {
  if (!Array.isArray(value) || types.isProxy(value) || value.length === 0) return undefined;
  // A list may be of a class with a `slice` of its own, and have holes.
  const rows = Array.from({ length: Math.min(value.length, MAX_ROWS) }, (_, index) => itemOf(value, index));
  if (!rows.every(isRecord)) return undefined;
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (names.length === 0) return undefined;
  const columns = names.slice(0, MAX_COLUMNS);
  const head = ["", ...columns].map((name) => `<th>${escapeHtml(name)}</th>`).join("");
  const body = rows.map((row, index) => {
    const cells = columns.map((name) => `<td>${escapeHtml(cellText(row, name))}</td>`).join("");
    return `<tr><th>${index}</th>${cells}</tr>`;
  });
  const table = `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
  return table + leftOut(value.length - rows.length, names.length - columns.length);
}

function itemOf(list: object, index: number): unknown {
  return Object.getOwnPropertyDescriptor(list, index)?.value;
}

function isRecord(row: unknown): row is object {
  if (typeof row !== "object" || row === null || types.isProxy(row)) return false;
  return hasPlainPrototype(row) && Object.keys(row).length <= MAX_KEYS;
}

function cellText(row: object, name: string): string {
  const property = Object.getOwnPropertyDescriptor(row, name);
  if (property === undefined) return "";
  if (!("value" in property)) return "[getter]";
  const text = typeof property.value === "string" ? property.value : safeInspect(property.value, { depth: 0 });
  return clipped(text, MAX_CELL);
}

function leftOut(rows: number, columns: number): string {
  const parts = [rows > 0 ? `${rows} more rows` : "", columns > 0 ? `${columns} more columns` : ""].filter(Boolean);
  return parts.length > 0 ? `<p>… ${parts.join(", ")}</p>` : "";
}
