import { queueMicrotask } from "../kept-globals.js";
import { bundleOf, plainBundle } from "./display/bundle-of.js";
import type { CellSources } from "./errors/cell-sources.js";
import { errorOutcome, syntaxOutcome } from "./errors/error-outcome.js";
import { scriptProblem } from "./errors/script-problem.js";
import { InterruptibleAwait } from "./interruptible-await.js";
import { magicProblem } from "./magics/magic-problem.js";
import { readMagics } from "./magics/read-magics.js";
import { cellScript, runScript } from "./run-cell.js";
import type { RunningCell } from "./running-cell.js";
import type { RunningCells } from "./running-cells.js";
import type { CellScope } from "./scope/cell-scope.js";
import type { CellOutcome, CellRequest, ExpressionOutcome, MimeBundle } from "./session.js";
import { type Compiled, type CompiledCell, compileCell, compileExpression } from "./transform/compile-cell.js";

/** What a cell executor works with. */
export interface CellExecutorParts {
  readonly cells: RunningCells;
  readonly sources: CellSources;
  readonly scope: CellScope;
  /** prints an error that does not end the cell */
  readonly warn: (error: unknown) => void;
}

/** From the code of a cell to its outcome: compiles it, runs it as a cell, shows its value. */
export class CellExecutor {
  readonly #cells: RunningCells;
  readonly #sources: CellSources;
  readonly #scope: CellScope;
  readonly #warn: (error: unknown) => void;

  constructor({ cells, sources, scope, warn }: CellExecutorParts) {
    this.#cells = cells;
    this.#sources = sources;
    this.#scope = scope;
    this.#warn = warn;
  }

  execute(request: CellRequest): Promise<CellOutcome> {
    const cell = this.#cells.start(request.id);
    // An interrupt may cut the whole stack away, so the caller must hold the promise before the cell starts.
    queueMicrotask(() => void this.#outcomeOf(cell, request).then((outcome) => cell.finish(outcome)));
    return cell.outcome;
  }

  /** The value of an expression, or the error it throws. */
  async evaluate(cell: string, expression: string): Promise<ExpressionOutcome> {
    try {
      const { cell: compiled, problem } = compileExpression(expression);
      if (problem) return syntaxOutcome("expression", expression, problem);
      const { cellAwait } = new InterruptibleAwait();
      const data = await this.#cells.within(cell, async () => {
        const { value } = await runScript(cellScript(compiled), compiled.isAsync ? cellAwait : undefined);
        return bundleOf(await value);
      });
      return { status: "ok", data, metadata: {} };
    } catch (error) {
      return errorOutcome(error, this.#sources);
    }
  }

  async #outcomeOf(cell: RunningCell, { code, count }: CellRequest): Promise<CellOutcome> {
    try {
      const { cell: compiled, problem } = compiledCell(code, count);
      return problem ? syntaxOutcome(`cell-${count}.ts`, code, problem) : await this.#outcomeOfRun(cell, compiled);
    } catch (error) {
      return errorOutcome(error, this.#sources);
    }
  }

  async #outcomeOfRun(cell: RunningCell, compiled: CompiledCell): Promise<CellOutcome> {
    this.#sources.add(compiled);
    this.#scope.declare(compiled);
    try {
      const script = cellScript(compiled);
      const cellAwait = compiled.isAsync ? cell.awaits.cellAwait : undefined;
      const { value } = await this.#cells.within(cell.id, () => runScript(script, cellAwait));
      const result = value === undefined ? undefined : await this.#cells.within(cell.id, () => this.#resultOf(value));
      await cell.allShown();
      return { status: "ok", result };
    } catch (error) {
      const early = scriptProblem(error, compiled);
      if (early) return syntaxOutcome(compiled.name, compiled.source, early);
      throw error;
    }
  }

  async #resultOf(value: unknown): Promise<MimeBundle | undefined> {
    try {
      const bundle = this.#sources.cleanBundle(await bundleOf(value));
      return Object.keys(bundle).length > 0 ? bundle : undefined;
    } catch (error) {
      this.#warn(error);
      return plainBundle(value);
    }
  }
}

/** Magics are calls in what runs, and stand as they were written in what is shown. */
function compiledCell(code: string, count: number): Compiled {
  const { script, magics } = readMagics(code);
  const problem = magicProblem(code, magics);
  if (problem) return { problem };
  const compiled = compileCell(script, count);
  return compiled.cell ? { cell: { ...compiled.cell, source: code } } : compiled;
}
