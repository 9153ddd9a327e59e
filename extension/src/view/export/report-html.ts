import type { RunBundle } from "dagbook/dashboard-messages";
import type { RunStore } from "../store/run-store.js";
import { formatsFor } from "../text/formats.js";
import { summary } from "../text/summary.js";
import { table } from "../text/table.js";
import { locale, trans } from "../text/translation.js";
import { bundleOfStore } from "./bundle-of-store.js";
import { escaped } from "./markup.js";

const SLOWEST = 20;

const STYLE = `body{max-width:1100px;margin:32px auto;padding:0 24px;color:#1c2430;background:#fff;font:14px/1.5 system-ui,sans-serif}
h1{margin:0;font-size:24px;overflow-wrap:anywhere}h2{margin:32px 0 8px;font-size:16px}p{margin:4px 0;color:#5b6675}
svg{max-width:100%;height:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:4px 12px 4px 0;border-bottom:1px solid #dfe3e8;text-align:right}th:first-child,td:first-child{text-align:left;font-family:ui-monospace,monospace;overflow-wrap:anywhere}
thead th{color:#5b6675;font-family:inherit!important;font-weight:500}.failed{color:#c8322b}
pre{overflow:auto;padding:12px;background:#f7f8fa;font-size:12px}`;

/**
 * A run as one HTML file that needs nothing else: its picture, its functions, its slowest tasks, its failures, and all
 * its data as JSON (`#run`). It has no script, and its policy allows none: whatever a task is called, it is text.
 * @param picture SVG written by this package
 */
export function reportHtml(store: RunStore, picture: string): string {
  const bundle = bundleOfStore(store);
  const said = summary(store);
  const parts = [said.stateText, said.doneText, said.stoppedText, said.elapsedText, said.workersText, said.peakText];
  const started = new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeStyle: "medium" }).format(bundle.t0);
  return `<!DOCTYPE html>
<html lang="${locale() ?? "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(said.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(said.title)}</h1>
<p>${escaped(parts.filter(Boolean).join(" · "))} <strong class="failed">${escaped(said.failedText)}</strong></p>
<p>${escaped(trans.__("Started %1", started))}</p>
${picture}
${section(trans.__("Functions"), functionTable(store))}
${section(trans.__("Slowest tasks"), slowest(bundle))}
${section(trans.__("Failures"), failures(bundle))}
<script type="application/json" id="run">${JSON.stringify(bundle).replaceAll("<", "\\u003c")}</script>
</body>
</html>
`;
}

function section(title: string, content: string): string {
  return content && `<h2>${escaped(title)}</h2>\n${content}`;
}

function functionTable(store: RunStore): string {
  const rows = table(store).map(({ name, tasks, done, failed, left, time, note }) => [
    name,
    tasks,
    done,
    failed,
    left,
    time,
    note,
  ]);
  const head = [
    trans.__("Function"),
    trans.__("Tasks"),
    trans.__("Done"),
    trans.__("Failed"),
    trans.__("Left"),
    trans.__("Time"),
    trans.__("Note"),
  ];
  return tableOf(head, rows);
}

function slowest({ tasks, groups }: RunBundle): string {
  if (!tasks) return "";
  const formats = formatsFor();
  const length = (task: number) => tasks.end[task]! - tasks.start[task]!;
  const ended = [...tasks.end.keys()].filter((task) => tasks.start[task]! >= 0 && tasks.end[task]! >= 0);
  const rows = ended
    .sort((a, b) => length(b) - length(a))
    .slice(0, SLOWEST)
    .map((task) => [
      tasks.key[task] ?? groups[tasks.group[task]!]!.name,
      `w${tasks.worker[task]}`,
      formats.duration(tasks.start[task]!),
      formats.duration(length(task)),
    ]);
  const head = [trans.__("Task"), trans.__("Worker"), trans.__("Started"), trans.__("Time")];
  return rows.length > 0 ? tableOf(head, rows) : "";
}

function failures({ errors }: RunBundle): string {
  return errors
    .map(
      ({ key, name, message, stack }) =>
        `<p><code>${escaped(key)}</code> <span class="failed">${escaped(`${name}: ${message}`)}</span></p>\n${
          stack && `<pre>${escaped(stack)}</pre>`
        }`,
    )
    .join("\n");
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, texts: readonly string[]) =>
    texts.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join("");
  const body = rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("\n");
  return `<table><thead><tr>${cells("th", head)}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}
