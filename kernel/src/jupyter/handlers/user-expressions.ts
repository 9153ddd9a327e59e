import { interrupted } from "../../session/errors/interrupted.js";
import type { ExpressionOutcome } from "../../session/session.js";
import { shown } from "../fields.js";
import type { KernelContext } from "../kernel-context.js";
import type { Message } from "../wire/message.js";

/** Values of the expressions that an execute request asks for, each in the words of a reply of its own. */
export async function userExpressions(
  request: Message,
  kernel: KernelContext,
): Promise<Readonly<Record<string, ExpressionOutcome>>> {
  const asked = Object.entries(request.content.user_expressions ?? {});
  const expressions = Object.fromEntries(
    asked.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const values = Object.keys(expressions).length > 0 ? await evaluate(request, kernel, expressions) : {};
  return Object.fromEntries(asked.map(([name, code]) => [name, values[name] ?? notCode(code)]));
}

/** An interrupt may cut the evaluation: then the main thread has no answer. */
async function evaluate(
  { header: { msg_id: cell } }: Message,
  { main, interruptSignal }: KernelContext,
  expressions: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, ExpressionOutcome>>> {
  const cut = Object.fromEntries(Object.keys(expressions).map((name) => [name, interrupted]));
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(cut);
    interruptSignal.addEventListener("abort", onAbort, { once: true });
    main
      .ask({ type: "evaluate", cell, expressions })
      .then(resolve, reject)
      .finally(() => interruptSignal.removeEventListener("abort", onAbort));
  });
}

function notCode(code: unknown): ExpressionOutcome {
  const evalue = `The expression is ${shown(code)}: the client must send a string`;
  return { status: "error", ename: "MessageError", evalue, traceback: [evalue] };
}
