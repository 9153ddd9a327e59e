import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";
import { keyStrings } from "../../../../extension/src/renderer/key-strings.js";
import { strings } from "../../../../extension/src/renderer/strings.js";
import { compareRuns } from "../../../../extension/src/view/compare/comparison.js";
import { planComparison } from "../../../../extension/src/view/compare/comparison-plan.js";
import { comparisonRows } from "../../../../extension/src/view/compare/comparison-rows.js";
import { comparisonText } from "../../../../extension/src/view/compare/comparison-text.js";
import { datasetsOf } from "../../../../extension/src/view/datasets/datasets.js";
import { streamText } from "../../../../extension/src/view/focus/stream-focus.js";
import { planView } from "../../../../extension/src/view/plan/plan-view.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { formatsFor } from "../../../../extension/src/view/text/formats.js";
import { summary } from "../../../../extension/src/view/text/summary.js";
import { table } from "../../../../extension/src/view/text/table.js";
import {
  locale,
  type Translation,
  trans,
  useSourceLanguage,
  useTranslation,
} from "../../../../extension/src/view/text/translation.js";
import { PAGE_THEMES } from "../../../support/page-themes.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { largeGraph, matmulGraph, reportGraph } from "../../../support/simulated-graphs.js";

const fill = (text: string, args: readonly (string | number)[]) =>
  text.replace(/%(\d)/g, (_, place: string) => String(args[Number(place) - 1]));

/** A language in which every word is marked, with the placeholders of JupyterLab's translator. */
const MARKED: Translation = {
  __: (msgid, ...args) => `«${fill(msgid, args)}»`,
  _n: (singular, plural, n, ...args) => `«${fill(n === 1 ? singular : plural, [n, ...args])}»`,
};

afterEach(() => useSourceLanguage());

/** What is left of texts without what was translated, names of functions, numbers with their units, and colours. */
function bareWords(texts: readonly string[], names: readonly string[]): string[] {
  return texts
    .map((text) => names.reduce((rest, name) => rest.replaceAll(name, ""), text))
    .map((text) => text.replace(/«(«[^»]*»|[^«»])*»|^#[0-9a-f]{6}$|^transparent$|\d (ms|s|min|h|[KMG]iB)/g, ""))
    .filter((text) => /[a-z]{2,}/i.test(text));
}

/** All texts in a value; `skipped`: fields that hold no words for people. */
function textsIn(value: unknown, skipped: ReadonlySet<string>): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (skipped.has(name) ? [] : textsIn(inner, skipped)));
}

test.each([
  ["pills", reportGraph(), { workers: 3, failing: [8] }],
  ["tiles", matmulGraph(5), { failing: [180], keepsGoing: true }],
  ["buckets", largeGraph(4_200), { workers: 40 }],
] as const)("every word of header, table and picture goes through the translator: %s", (_, graph, options) => {
  useTranslation(MARKED, "en");
  const run = new SimulatedRun(graph, options);
  for (const share of [0.5, 1]) {
    const store = RunStore.fromBundle(run.bundleAt(run.end * share));
    const plan = planView(store, 960, { isOpen: true });
    if (plan.level === "line") throw new Error("expected a plan with a picture");
    const rows = datasetsOf(store, plan, PAGE_THEMES.light!);
    const texts = textsIn([summary(store), table(store), rows], new Set(["title", "id", "form"]));
    const names = [...store.groups.map(({ name }) => name)].sort((a, b) => b.length - a.length);
    expect(texts.filter((text) => text.includes("«")).length).toBeGreaterThan(5);
    expect(bareWords(texts, names)).toEqual([]);
  }
});

test("every word of the card goes through the translator", () => {
  useTranslation(MARKED, "en");
  const said = [
    ...(["planned", "running", "finished", "erred", "cancelled", "restarted", "gone", "saved"] as const).map(
      strings.standing,
    ),
    strings.cancel,
    strings.cancelling,
    strings.cancelLabel("x"),
    strings.showGraph,
    strings.hideGraph,
    strings.noPicture("x"),
    strings.tableCaption("x"),
    ...strings.columns,
    strings.moreErrors(2),
    strings.stack,
    strings.unreadable,
    strings.spokenProgress("x", 25),
    strings.spokenFailure("x"),
    strings.spokenStanding("x", "erred"),
    strings.table,
    strings.tableLabel("x"),
    keyStrings.graph("x"),
    keyStrings.graphRole(),
    keyStrings.graphHint(),
    keyStrings.stream("x"),
    keyStrings.streamRole(),
    keyStrings.streamHint(),
    streamText(RunStore.fromBundle(new SimulatedRun(reportGraph()).bundleAt(50)), {}),
  ];
  expect(said.filter((text) => !/^«.*»$/.test(text))).toEqual([]);
});

test("every word of a comparison goes through the translator", () => {
  useTranslation(MARKED, "en");
  const stores = [
    new SimulatedRun(matmulGraph(5), { failing: [180], keepsGoing: true }),
    new SimulatedRun(reportGraph(), {}),
  ].map((run) => RunStore.fromBundle(run.bundleAt(run.end)));
  const [a, b] = stores as [RunStore, RunStore];
  const comparison = compareRuns(a, b);
  const rows = comparisonRows(comparison, planComparison(a, b, 960), PAGE_THEMES.light!);
  const texts = textsIn([comparisonText(comparison), rows], new Set(["id"]));
  const names = stores.flatMap(({ title, groups }) => [title, ...groups.map(({ name }) => name)]);
  // Dates are written by the browser, in the language of the page.
  names.push(new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium" }).format(a.bundle.t0));
  expect(texts.filter((text) => text.includes("«")).length).toBeGreaterThan(30);
  expect(bareWords(texts, names)).toEqual([]);
});

/** A node of a syntax tree, as far as it is read here. */
interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;

function walk(value: unknown, see: (node: Node) => void): void {
  if (isNode(value)) see(value);
  if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) walk(inner, see);
}

const PROPERTIES = ["textContent", "innerText", "title", "label", "caption", "ariaLabel"];

/** The expressions whose value a node shows to people: by `element`, by `setText`, by a property of a node or command. */
function shownBy(node: Node): readonly (Node | undefined)[] {
  const nameOf = (value: unknown) => (isNode(value) ? String(value.name) : "");
  if (node.type === "CallExpression") {
    const args = node.arguments as readonly Node[];
    const place: Readonly<Record<string, number>> = { element: 2, setText: 1 };
    return [args[place[nameOf(node.callee)] ?? args.length]];
  }
  if (node.type === "AssignmentExpression" && isNode(node.left) && node.left.type === "MemberExpression") {
    return PROPERTIES.includes(nameOf(node.left.property)) ? [node.right as Node] : [];
  }
  return node.type === "Property" && PROPERTIES.includes(nameOf(node.key)) ? [node.value as Node] : [];
}

test("no source file hands a word to the page past the translator", () => {
  const folder = fileURLToPath(new URL("../../../../extension/src/", import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const found: string[] = [];
  for (const name of files) {
    const source = readFileSync(join(folder, name), "utf8");
    walk(parseSync(name, source).program, (node) => {
      for (const text of shownBy(node)) {
        if (typeof text?.value === "string" && /[a-z]{2,}/i.test(text.value)) found.push(`${name}: ${text.value}`);
      }
    });
  }
  expect(found).toEqual([]);
});

test("numbers are written in the language of the page", () => {
  useTranslation(MARKED, "de_DE");
  expect(locale()).toBe("de-DE");
  expect(formatsFor().count(12_345)).toBe("12.345");
  expect(formatsFor().duration(1_500)).toBe("1,50 s");
});

test("a language that the browser does not know breaks no number", () => {
  useTranslation(MARKED, "not a language");
  expect(formatsFor("en").count(12_345)).toBe("12,345");
  expect(locale()).toBeUndefined();
});

test("text of users that looks like a placeholder stays as it is", () => {
  expect(trans.__("Cancel %1", "%2 %1")).toBe("Cancel %2 %1");
  expect(trans._n("%2 task", "%2 tasks", 3, "%1")).toBe("%1 tasks");
});
