/**
 * A Markdown table: a line for each row, a column for each kernel or library, and how many times faster (or
 * smaller) dagbook is than the best rival.
 * @param {readonly import("./run.mjs").Row[]} rows
 */
export function table(rows) {
  const names = [...new Set(rows.flatMap(({ rivals }) => Object.keys(rivals)))];
  const head = ["", "goal", "dagbook", ...names, "best rival / dagbook"];
  const lines = rows.map(({ name, unit, goal, ours, rivals }) => [
    name,
    goal,
    cell(ours, unit),
    ...names.map((rival) => cell(rivals[rival], unit)),
    ratio(ours, Object.values(rivals)),
  ]);
  const widths = head.map((_, column) => Math.max(3, ...[head, ...lines].map((line) => line[column].length)));
  const text = (line) => `| ${line.map((value, column) => value.padEnd(widths[column])).join(" | ")} |`;
  return [text(head), text(widths.map((width) => "-".repeat(width))), ...lines.map(text)].join("\n");
}

function cell(value, unit) {
  if (value === undefined) return "";
  return typeof value === "string" ? value : `${number(value)} ${unit}`;
}

/** Three digits. */
function number(value) {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}

function ratio(ours, rivals) {
  const measured = rivals.filter((value) => typeof value === "number");
  if (typeof ours !== "number" || measured.length === 0) return "";
  return `${number(Math.min(...measured) / ours)}x`;
}
