/**
 * The statements and expressions of one function while it is compiled.
 * @module
 */
import type { ReadFunction, SyntaxNode } from "../../functions/index.js";
import { type Callable, isScalar, type Meaning, meaningOf, Names, propertyOf } from "./meaning.js";
import { binaryOperator, choose, logicalOperator, unaryOperator } from "./operators.js";
import { constantOf, type Scalar, type ScalarSteps } from "./scalar.js";
import { Uncompilable } from "./uncompilable.js";

/** How a body calls functions. */
export interface Calls {
  readonly steps: ScalarSteps;
  /**
   * Notes that an expression is compiled.
   * @throws {Uncompilable} if there are too many
   */
  count(at: SyntaxNode): void;
  /** @throws {Uncompilable} if the function is no formula */
  call(fn: Callable, args: readonly Scalar[], at: SyntaxNode): Scalar;
  /** @returns undefined if kernels do not have the function */
  callCaptured(value: unknown, args: readonly Scalar[], at: SyntaxNode): Scalar | undefined;
}

/** What a reader of the notice knows by other words than the names of the syntax tree. */
const WORDS: Readonly<Record<string, string>> = {
  ForStatement: "a loop",
  ForInStatement: "a loop",
  ForOfStatement: "a loop",
  WhileStatement: "a loop",
  DoWhileStatement: "a loop",
  ExpressionStatement: "a statement that gives no value",
  AssignmentExpression: "an assignment",
  UpdateExpression: "an assignment",
  TemplateLiteral: "a string",
  ArrayExpression: "an array",
  ObjectExpression: "an object",
  NewExpression: "an object",
  ThisExpression: "this",
};

export class Body {
  private readonly calls: Calls;
  private readonly home: ReadFunction;
  private readonly names: Names;

  constructor(calls: Calls, home: ReadFunction, names: Names) {
    this.calls = calls;
    this.home = home;
    this.names = names;
  }

  /** @param arg undefined if the call has none */
  bindParameter(parameter: SyntaxNode, arg: Meaning | undefined): void {
    const hasDefault = parameter.type === "AssignmentPattern";
    const target: SyntaxNode = hasDefault ? parameter.left : parameter;
    if (target.type !== "Identifier") throw new Uncompilable("a parameter is no plain name", parameter);
    const value = arg ?? (hasDefault ? this.meaning(parameter.right) : meaningOf(undefined));
    this.names.set(target.name, value);
  }

  /** What a block of the function returns. */
  run(block: SyntaxNode): Scalar {
    return this.returned(block.body, () => {
      throw new Uncompilable("it may end without return", block);
    });
  }

  /** @param rest what is returned if the statements return nothing */
  private returned(statements: readonly SyntaxNode[], rest: () => Scalar): Scalar {
    for (const [i, statement] of statements.entries()) {
      const after = () => this.returned(statements.slice(i + 1), rest);
      switch (statement.type) {
        case "ReturnStatement":
          if (statement.argument === null) throw new Uncompilable("it returns nothing", statement);
          return this.scalar(statement.argument);
        case "VariableDeclaration":
          this.declare(statement);
          break;
        case "IfStatement":
          return this.choice(statement, after);
        case "BlockStatement":
          return new Body(this.calls, this.home, new Names(this.names)).returned(statement.body, after);
        case "FunctionDeclaration":
          this.names.set(statement.id.name, this.functionOf(statement));
          break;
        case "EmptyStatement":
          break;
        case "ExpressionStatement":
          throw refused(WORDS[statement.expression.type] === undefined ? statement : statement.expression);
        default:
          throw refused(statement);
      }
    }
    return rest();
  }

  private declare({ declarations, kind }: SyntaxNode): void {
    for (const declared of declarations as readonly SyntaxNode[]) {
      if (declared.id.type !== "Identifier" || declared.init === null || kind === "var") {
        throw new Uncompilable("a variable is declared in a way that const is not", declared);
      }
      this.names.set(declared.id.name, this.meaning(declared.init));
    }
  }

  private choice({ test, consequent, alternate }: SyntaxNode, after: () => Scalar): Scalar {
    const branch = (statement: SyntaxNode | null) => () =>
      statement === null
        ? after()
        : new Body(this.calls, this.home, new Names(this.names)).returned([statement], after);
    return this.either(this.scalar(test), branch(consequent), branch(alternate));
  }

  /** One of two values; nothing is computed of the one that a constant condition rules out. */
  private either(condition: Scalar, then: () => Scalar, otherwise: () => Scalar): Scalar {
    const truth = this.calls.steps.toBoolean(condition);
    if (typeof truth === "boolean") return truth ? then() : otherwise();
    return choose(this.calls.steps, truth, then(), otherwise());
  }

  /**
   * The number or boolean of an expression.
   * @throws {Uncompilable} if it is neither, or kernels have no such operation
   */
  scalar(node: SyntaxNode): Scalar {
    const meaning = this.meaning(node);
    if (isScalar(meaning)) return meaning;
    const value = meaning.kind === "captured" ? kindOf(meaning.value) : "a function";
    throw new Uncompilable(`${textOf(node)} is ${value}`, node);
  }

  private meaning(node: SyntaxNode): Meaning {
    const { steps } = this.calls;
    this.calls.count(node);
    switch (node.type) {
      case "Literal":
        return meaningOf(node.value);
      case "Identifier":
        return this.named(node);
      case "ArrowFunctionExpression":
      case "FunctionExpression":
        return this.functionOf(node);
      case "MemberExpression":
        return this.member(node);
      case "CallExpression":
        return this.called(node);
      case "UnaryExpression":
        return known(unaryOperator(steps, node.operator, this.scalar(node.argument)), node);
      case "BinaryExpression":
        return known(binaryOperator(steps, node.operator, this.scalar(node.left), this.scalar(node.right)), node);
      case "LogicalExpression":
        // no number is null or undefined
        if (node.operator === "??") return this.scalar(node.left);
        return logicalOperator(steps, node.operator, this.scalar(node.left), () => this.scalar(node.right));
      case "ConditionalExpression":
        return this.either(
          this.scalar(node.test),
          () => this.scalar(node.consequent),
          () => this.scalar(node.alternate),
        );
      default:
        throw refused(node);
    }
  }

  private functionOf(node: SyntaxNode): Meaning {
    return { kind: "function", node, names: this.names, home: this.home };
  }

  private named(node: SyntaxNode): Meaning {
    const local = this.names.get(node.name);
    if (local !== undefined) return local;
    const origin = this.home.captured.get(node.name);
    if (origin === undefined) return meaningOf((globalThis as Readonly<Record<string, unknown>>)[node.name]);
    if (origin.kind === "value") return meaningOf(origin.value);
    throw new Uncompilable(`${node.name} is imported`, node);
  }

  private member(node: SyntaxNode): Meaning {
    const holder = this.meaning(node.object);
    const name = node.computed ? constantOf(this.scalar(node.property)) : node.property.name;
    if (holder.kind !== "captured" || name === undefined || node.optional) {
      throw new Uncompilable(`${textOf(node)} is read for every element`, node);
    }
    const property = propertyOf(holder, String(name));
    if (property === undefined) throw new Uncompilable(`${textOf(node)} is no property that is plain data`, node);
    return property;
  }

  private called(node: SyntaxNode): Scalar {
    const spread = node.arguments.find(({ type }: SyntaxNode) => type === "SpreadElement");
    if (spread !== undefined || node.optional) throw refused(spread ?? node);
    const callee = this.meaning(node.callee);
    const args = (node.arguments as readonly SyntaxNode[]).map((arg) => this.scalar(arg));
    if (callee.kind === "function") return this.calls.call(callee, args, node);
    const result = callee.kind === "captured" ? this.calls.callCaptured(callee.value, args, node) : undefined;
    if (result === undefined) throw new Uncompilable(`${textOf(node.callee)}() is no function that kernels have`, node);
    return result;
  }
}

function known(result: Scalar | undefined, node: SyntaxNode): Scalar {
  if (result !== undefined) return result;
  throw new Uncompilable(`the operator ${node.operator} of these operands is none that kernels have`, node);
}

function refused({ type, ...rest }: SyntaxNode): Uncompilable {
  return new Uncompilable(`it has ${WORDS[type] ?? `a part that kernels do not have (${type})`}`, { type, ...rest });
}

/** A short expression as a reader knows it. */
function textOf(node: SyntaxNode): string {
  if (node.type === "Identifier") return node.name;
  if (node.type === "Literal") return String(node.raw);
  if (node.type !== "MemberExpression") return "a part of it";
  return node.computed ? `${textOf(node.object)}[…]` : `${textOf(node.object)}.${node.property.name}`;
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
