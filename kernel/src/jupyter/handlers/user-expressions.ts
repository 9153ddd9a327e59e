import { interrupted } from "../../session/errors/interrupted.js";
import type { ExpressionOutcome } from "../../session/session.js";
import { shown } from "../fields.js";
import type { KernelContext } from "../kernel-context.js";
import { unlessAborted } from "../unless-aborted.js";
import type { Content } from "../wire/message.js";

/**
 * Values of the expressions that an execute request asks for, each in the words of a reply of its own.
 * @param cell msg_id of the request
 * @param asked expressions by the names that the client gave them
 */
export async function userExpressions(
  cell: string,
  asked: Content,
  kernel: KernelContext,
): Promise<Readonly<Record<string, ExpressionOutcome>>> {
  const isCode = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === "string";
  const expressions = Object.entries(asked).filter(isCode);
  const values = expressions.length > 0 ? await evaluate(cell, expressions, kernel) : {};
  return Object.fromEntries(
    Object.entries(asked).map(([name, code]) => [name, Object.hasOwn(values, name) ? values[name] : notCode(code)]),
  );
}

/** An interrupt may cut the evaluation: then the main thread has no answer. */
async function evaluate(
  cell: string,
  expressions: readonly [string, string][],
  { main, interruptSignal }: KernelContext,
): Promise<Readonly<Record<string, ExpressionOutcome>>> {
  const answer = main.ask({ type: "evaluate", cell, expressions: Object.fromEntries(expressions) });
  const values = await unlessAborted(answer, interruptSignal);
  return values ?? Object.fromEntries(expressions.map(([name]) => [name, interrupted]));
}

function notCode(code: unknown): ExpressionOutcome {
  const evalue = `The expression is ${shown(code)}: the client must send a string`;
  return { status: "error", ename: "MessageError", evalue, traceback: [evalue] };
}
