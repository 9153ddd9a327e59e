import type { Converter, ConvertResult } from "tslab/dist/converter.js";
import type { ConsoleInterface, Executor } from "tslab/dist/executor.js";
import { showInCells } from "./show-in-cells.js";
import { tslabRequire } from "./tslab-require.js";

/** What the session uses of tslab. */
export interface TslabEngine {
  readonly executor: Executor;
  readonly isCompleteCode: typeof import("tslab/dist/converter.js").isCompleteCode;
  readonly printQuickInfo: typeof import("tslab/dist/inspect.js").printQuickInfo;
}

export interface ExecutorOptions {
  /** folder of the notebook */
  readonly folder: string;
  readonly isJavaScript: boolean;
  /** what the executor itself says: results and errors of cells */
  readonly console: ConsoleInterface;
  /** runs a conversion; the compiler keeps state that nothing may cut in the middle */
  readonly convert: (work: () => ConvertResult) => ConvertResult;
}

/** Loads tslab's compiler, which takes a second or two, and makes its executor. */
export function loadExecutor({ folder, isJavaScript, console, convert }: ExecutorOptions): TslabEngine {
  const require = tslabRequire(folder);
  const { createConverter, isCompleteCode }: typeof import("tslab/dist/converter.js") = require("tslab/dist/converter");
  const { createExecutor }: typeof import("tslab/dist/executor.js") = require("tslab/dist/executor");
  const { printQuickInfo }: typeof import("tslab/dist/inspect.js") = require("tslab/dist/inspect");
  showInCells(require("tslab/dist/jupyter"));
  const plain = createConverter({ isJS: isJavaScript });
  const node: Converter = { ...plain, convert: (previous, source) => convert(() => plain.convert(previous, source)) };
  let browser: Converter | undefined;
  const converters = {
    node,
    // Only cells that begin with `@browser` need it, and it takes a second.
    get browser() {
      browser ??= createConverter({ isJS: isJavaScript, isBrowser: true });
      return browser;
    },
    close: () => {
      node.close();
      browser?.close();
    },
  };
  return { executor: createExecutor(folder, converters, console), isCompleteCode, printQuickInfo };
}
