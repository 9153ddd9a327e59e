/**
 * Compiles a scalar function of JavaScript to element-wise operations: its syntax tree is run once, with arrays in
 * place of numbers.
 * @module
 */
import {
  globalPath,
  type ReadFunction,
  readFunction,
  type SessionScope,
  type SyntaxNode,
} from "../../functions/index.js";
import { Body, type Calls } from "./body.js";
import { intrinsics } from "./math-functions.js";
import { type Callable, Names } from "./meaning.js";
import type { Scalar, ScalarSteps } from "./scalar.js";
import { Uncompilable } from "./uncompilable.js";

/** Expressions, those of called functions each time: larger functions are left to JavaScript, for V8 compiles them better. */
const MOST_EXPRESSIONS = 2_000;

type AnyFunction = (...args: never[]) => unknown;

/** Compiles functions as they are at the moment: what they captured becomes constants. */
export class FunctionCompiler implements Calls {
  readonly steps: ScalarSteps;
  private readonly scope: SessionScope;
  /** functions that are being written out, to find one that calls itself */
  private readonly calling: SyntaxNode[] = [];
  private readonly read = new Map<object, ReadFunction | undefined>();
  private expressions = 0;

  constructor(scope: SessionScope, steps: ScalarSteps) {
    this.scope = scope;
    this.steps = steps;
  }

  /**
   * What the function gives for these arguments.
   * @throws {Uncompilable} if it is no formula
   * @throws {ShipError} if it, or a function that it calls, uses a name that is not there
   */
  compile(fn: AnyFunction, args: readonly Scalar[]): Scalar {
    const read = this.readOnce(fn);
    if (read !== undefined) return this.call(callableOf(read), args, read.node);
    const result = this.callCaptured(fn, args);
    if (result !== undefined) return result;
    throw new Uncompilable("it is no function that kernels have, and none written as an arrow or function");
  }

  count(at: SyntaxNode): void {
    this.expressions += 1;
    if (this.expressions > MOST_EXPRESSIONS) {
      throw new Uncompilable(`it has more than ${MOST_EXPRESSIONS} expressions, with those of functions it calls`, at);
    }
  }

  call(fn: Callable, args: readonly Scalar[], at?: SyntaxNode): Scalar {
    const { node, names, home } = fn;
    if (this.calling.includes(node)) throw new Uncompilable("a function calls itself", at);
    if (node.async || node.generator) throw new Uncompilable("the function is async or a generator", node);
    const own = new Names(names);
    if (node.type === "FunctionExpression" && node.id !== null) own.set(node.id.name, fn);
    const body = new Body(this, home, own);
    const parameters: readonly SyntaxNode[] = node.params;
    for (const [i, parameter] of parameters.entries()) body.bindParameter(parameter, args[i]);
    this.calling.push(node);
    const result = node.body.type === "BlockStatement" ? body.run(node.body) : body.scalar(node.body);
    this.calling.pop();
    return result;
  }

  /** A call of a function that exists: one of JavaScript's, or one of the user, which is written out here. */
  callCaptured(value: unknown, args: readonly Scalar[], at?: SyntaxNode): Scalar | undefined {
    if (typeof value !== "function") return undefined;
    const path = globalPath(value);
    if (path !== undefined) return intrinsics.get(path)?.(this.steps, args);
    const fn = this.readOnce(value as AnyFunction);
    if (fn === undefined) return undefined;
    try {
      return this.call(callableOf(fn), args, at);
    } catch (error) {
      // The place that is told is one of the function at hand.
      if (error instanceof Uncompilable) throw new Uncompilable(`in ${fn.label}: ${error.message}`, at);
      throw error;
    }
  }

  private readOnce(fn: AnyFunction): ReadFunction | undefined {
    if (!this.read.has(fn)) this.read.set(fn, readFunction(fn, this.scope));
    return this.read.get(fn);
  }
}

function callableOf(fn: ReadFunction): Callable {
  return { kind: "function", node: fn.node, names: new Names(), home: fn };
}
