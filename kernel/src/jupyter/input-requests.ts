import { type DagbookError, InputError } from "../errors.js";
import type { InputRequest } from "../session/session.js";
import type { CellRequests } from "./cell-requests.js";
import { flag } from "./fields.js";
import { type Message, newMessage } from "./wire/message.js";

interface Question {
  readonly cell: string;
  /** the input_request that is sent when it is this question's turn */
  readonly message: Message;
  readonly answer: (value: string) => void;
  readonly refuse: (error: DagbookError) => void;
}

/** What consoles send for Ctrl-D. */
const END_OF_INPUT = "\u0004";

/**
 * Questions of cells to the clients that ran them. A client is asked one at a time, because most clients do not say
 * which question they answer.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-stdin-router-dealer-channel
 */
export class InputRequests {
  readonly #cells: CellRequests;
  readonly #send: (message: Message) => void;
  /** for each client its questions, the one it was asked first */
  readonly #questions = new Map<string, Question[]>();

  constructor(cells: CellRequests, send: (message: Message) => void) {
    this.#cells = cells;
    this.#send = send;
  }

  /** Asks the client that ran the cell. @throws {InputError} if it cannot be asked or will not answer */
  ask(cell: string, { prompt, password }: InputRequest): Promise<string> {
    return new Promise((answer, refuse) => {
      const request = this.#cells.of(cell);
      if (request === undefined) {
        throw new InputError("The cell that asks for input has ended: ask before it ends, and await the answer");
      }
      if (!flag(request, "allow_stdin", false)) {
        throw new InputError(
          "The client that ran this cell takes no input (allow_stdin is false): run the cell in JupyterLab, " +
            "Notebook or a console, or write the value into the code",
        );
      }
      const message = {
        ...newMessage("input_request", { prompt, password }, request.header),
        identities: request.identities,
      };
      const client = clientOf(request.identities);
      const questions = this.#questions.get(client) ?? [];
      this.#questions.set(client, questions);
      questions.push({ cell, message, answer, refuse });
      if (questions.length === 1) this.#send(message);
    });
  }

  /** A client answered; an answer to no question, or to one that is over, is dropped. */
  received(reply: Message): void {
    const client = clientOf(reply.identities);
    const asked = this.#questions.get(client)?.[0];
    if (asked === undefined || isToAnother(reply, asked)) return;
    const { value } = reply.content;
    if (value === END_OF_INPUT) asked.refuse(new InputError("The input was ended (Ctrl-D) instead of answered"));
    else if (typeof value === "string") asked.answer(value);
    else asked.refuse(new InputError("The client answered the question without a value"));
    this.#drop(client, (question) => question === asked);
  }

  /** Refuses the questions of a cell. @param error what the code that asks gets */
  cancel(cell: string, error: DagbookError): void {
    this.#refuse(error, (question) => question.cell === cell);
  }

  /** Refuses every question. */
  close(): void {
    this.#refuse(new InputError("The kernel ends: there is no input"), () => true);
  }

  #refuse(error: DagbookError, isMeant: (question: Question) => boolean): void {
    for (const [client, questions] of [...this.#questions]) {
      for (const { refuse } of questions.filter(isMeant)) refuse(error);
      this.#drop(client, isMeant);
    }
  }

  /** Takes questions away and, if the client was asked one of them, asks the next. */
  #drop(client: string, isMeant: (question: Question) => boolean): void {
    const questions = this.#questions.get(client) ?? [];
    const rest = questions.filter((question) => !isMeant(question));
    if (rest.length === 0) this.#questions.delete(client);
    else this.#questions.set(client, rest);
    if (rest.length > 0 && rest[0] !== questions[0]) this.#send(rest[0].message);
  }
}

/** JupyterLab names the question it answers: its box of an interrupted one may still be there. */
function isToAnother(reply: Message, { message }: Question): boolean {
  const parent = reply.parent_header;
  return "msg_id" in parent && parent.msg_type === "input_request" && parent.msg_id !== message.header.msg_id;
}

/** A client has the same identity on shell and on stdin, as the specification demands. */
function clientOf(identities: readonly Uint8Array[]): string {
  return identities.map((identity) => Buffer.from(identity).toString("hex")).join(" ");
}
