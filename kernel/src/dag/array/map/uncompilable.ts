import type { SyntaxNode } from "../../functions/index.js";

/** Says that a function is no formula of a kernel. Thrown while one is compiled, and caught there. */
export class Uncompilable extends Error {
  /** the part of the function that it is about; none of a function of JavaScript itself */
  readonly node: SyntaxNode | undefined;

  /** @param reason a part of a sentence: `it has a loop` */
  constructor(reason: string, node?: SyntaxNode) {
    super(reason);
    this.node = node;
  }
}
