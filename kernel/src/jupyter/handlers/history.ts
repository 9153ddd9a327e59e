import { MessageError } from "../../errors.js";
import { flag, optionalInteger, shown, text } from "../fields.js";
import type { Entry } from "../history/entry.js";
import type { Handler, KernelContext } from "../kernel-context.js";
import type { Message } from "../wire/message.js";

/** Cells that a client gets which does not say how many; ipykernel's number. */
const TAIL = 10;

/**
 * What was run before. Cells are kept as they were typed, so `raw` makes no difference.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#history
 */
export const history: Handler = async (request, kernel) => {
  const entries = await entriesFor(request, kernel);
  const withOutput = flag(request, "output", false);
  return {
    status: "ok",
    history: entries.map(({ session, line, input, output }) => [
      session,
      line,
      withOutput ? [input, output ?? null] : input,
    ]),
  };
};

function entriesFor(request: Message, { history: past }: KernelContext): Promise<readonly Entry[]> {
  const count = optionalInteger(request, "n");
  switch (request.content.hist_access_type) {
    case "tail":
      return past.tail(count ?? TAIL);
    case "range": {
      // As in ipykernel, a stop of 0 is none.
      const stop = optionalInteger(request, "stop") || undefined;
      return past.range(optionalInteger(request, "session") ?? 0, optionalInteger(request, "start") ?? 0, stop);
    }
    case "search":
      return past.search(text(request, "pattern"), { count, unique: flag(request, "unique", false) });
    default: {
      const type = shown(request.content.hist_access_type);
      throw new MessageError(`hist_access_type of history_request is ${type}: it can be "range", "tail" or "search"`);
    }
  }
}
