/**
 * Policies side by side.
 * @module
 */
import { displaySymbol, inspectSymbol } from "../../symbols.js";
import type { MimeBundle } from "../context.js";
import { explanationHtml, explanationText } from "./explanation-table.js";
import type { ExplanationFigures, PolicyFigures } from "./policy-figures.js";

/** What each policy makes of a graph. It shows itself as a table with a picture of who ran what when. */
export class Explanation implements ExplanationFigures {
  readonly title: string;
  readonly size: number;
  readonly workers: number;
  readonly policies: readonly PolicyFigures[];

  constructor({ title, size, workers, policies }: ExplanationFigures) {
    this.title = title;
    this.size = size;
    this.workers = workers;
    this.policies = policies;
  }

  [displaySymbol](): MimeBundle {
    return { "text/plain": explanationText(this), "text/html": explanationHtml(this) };
  }

  [inspectSymbol](): string {
    return explanationText(this);
  }

  toString(): string {
    return explanationText(this);
  }
}
