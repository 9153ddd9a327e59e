import { clipped } from "../../clipped.js";
import type { CellOutcome } from "../session.js";
import type { SyntaxProblem } from "../transform/syntax-problem.js";
import { cyan, dim, red } from "./ansi.js";
import type { CellSources } from "./cell-sources.js";
import { codeFrame } from "./code-frame.js";
import { type Frame, frameOf } from "./frame.js";
import { importHint } from "./import-hint.js";
import { isErrorLike, safeInspect, safeRead, safeText } from "./safe-read.js";

type ErrorOutcome = CellOutcome & { status: "error" };

const MAX_CAUSES = 5;
const MAX_AGGREGATED = 10;
const MAX_TEXT = 20_000;
const MAX_FRAMES = 10;
/** With Node's own limit of 10 the frames of the kernel would leave no room for those of the cell. */
const COLLECTED_FRAMES = 50;

/** Lets errors remember enough calls that some of the user's are among them. */
export function collectMoreFrames(): void {
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit, COLLECTED_FRAMES);
}

/**
 * Anything thrown by a cell as a Jupyter error: the place in the user's TypeScript, the lines around it,
 * the calls that led there, then causes.
 */
export function errorOutcome(thrown: unknown, cells: CellSources): ErrorOutcome {
  const { ename, evalue } = describe(thrown);
  return { status: "error", ename, evalue, traceback: tracebackOf(thrown, cells, new Set()) };
}

/** A cell that could not be parsed. */
export function syntaxOutcome(name: string, source: string, problem: SyntaxProblem): ErrorOutcome {
  const { message, line, column } = problem;
  return {
    status: "error",
    ename: "SyntaxError",
    evalue: `${message} (${name}:${line}:${column})`,
    traceback: [
      `${red("SyntaxError")}: ${message}`,
      cyan(`${name}:${line}:${column}`),
      ...codeFrame(source, { line, column }),
    ],
  };
}

function describe(thrown: unknown): { readonly ename: string; readonly evalue: string } {
  if (!isErrorLike(thrown)) return { ename: "Uncaught", evalue: clipped(safeInspect(thrown), MAX_TEXT) };
  const name = safeText(thrown, "name") ?? "Error";
  const ofClass = safeText(safeRead(thrown, "constructor"), "name");
  // `class MyError extends Error {}` keeps the name "Error" unless it sets one.
  return { ename: (name === "Error" && ofClass) || name, evalue: clipped(safeText(thrown, "message") ?? "", MAX_TEXT) };
}

function tracebackOf(thrown: unknown, cells: CellSources, seen: Set<unknown>): readonly string[] {
  seen.add(thrown);
  const { ename, evalue } = describe(thrown);
  const frames = stackFrames(thrown)
    .map((frame) => (typeof frame === "string" ? frame : cells.userFrame(frame)))
    .filter((frame) => frame !== undefined);
  const place = placeInCell(frames, cells);
  // The only frame would say what the place has just said; frames without any place say nothing.
  const isSaid = place.length > 0 && frames.length === 1;
  const calls = isSaid || frames.every((frame) => typeof frame === "string") ? [] : frames;
  const hint = importHint(thrown);
  return [
    evalue === "" ? red(ename) : `${red(ename)}: ${evalue}`,
    ...(hint === undefined ? [] : [hint]),
    ...place,
    ...calls.slice(0, MAX_FRAMES).map((frame) => dim(typeof frame === "string" ? frame : frameText(frame))),
    ...causes(thrown, cells, seen),
  ];
}

/** The innermost frame in a file beside the notebook, if no cell is further in, and that in a cell; with their code. */
function placeInCell(frames: readonly (Frame | string)[], cells: CellSources): readonly string[] {
  const places: string[] = [];
  for (const frame of frames) {
    if (typeof frame === "string") continue;
    const ofCell = cells.source(frame.file);
    const source = frame.source ?? ofCell;
    if (source === undefined || (ofCell === undefined && places.length > 0)) continue;
    places.push(cyan(`${frame.file}:${frame.line}:${frame.column}`), ...codeFrame(source, frame));
    if (ofCell !== undefined) break;
  }
  return places;
}

function frameText({ before, call, file, line, column, after }: Frame): string {
  return `${before}${call}${file}:${line}:${column}${after}`;
}

/** Lines of the stack trace; a line without a place stays text. */
function stackFrames(thrown: unknown): readonly (Frame | string)[] {
  const stack = safeText(thrown, "stack");
  if (stack === undefined) return [];
  const header = `${safeText(thrown, "name")}: ${safeText(thrown, "message")}`;
  // The message itself may hold lines that look like frames.
  const lines = (stack.startsWith(header) ? stack.slice(header.length) : stack).split("\n");
  return lines.filter((line) => /^\s+at /.test(line)).map((line) => frameOf(line) ?? line);
}

function causes(thrown: unknown, cells: CellSources, seen: Set<unknown>): readonly string[] {
  const lines: string[] = [];
  const add = (label: string, value: unknown) => {
    if (value === undefined || seen.has(value) || seen.size > MAX_CAUSES + MAX_AGGREGATED) return;
    lines.push("", `${label} ${tracebackOf(value, cells, seen).join("\n")}`);
  };
  if (isErrorLike(thrown)) {
    const errors = safeRead(thrown, "errors");
    if (Array.isArray(errors)) {
      errors.slice(0, MAX_AGGREGATED).forEach((error, index) => {
        add(`[${index + 1} of ${errors.length}]`, error);
      });
    }
    add("Caused by", safeRead(thrown, "cause"));
  }
  return lines;
}
