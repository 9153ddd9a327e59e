import { InputError } from "../errors.js";
import { threadGlobal } from "../thread-global.js";
import type { InputRequest, Payload } from "./session.js";

/** Where questions to the person at the notebook go. */
export interface InputTarget {
  /** @throws {InputError} if they cannot be asked */
  ask(request: InputRequest): Promise<string>;
  /** The same, and blocks the thread. */
  askNow(request: InputRequest): string;
  payload(payload: Payload): void;
}

interface Slot {
  target: InputTarget | undefined;
}

// A notebook may load a second copy of this package: its questions go to the same person.
const slot = threadGlobal<Slot>("input", () => ({ target: undefined }));

/** Where questions go now. @throws {InputError} in a plain script */
export function inputTarget(): InputTarget {
  if (slot.target !== undefined) return slot.target;
  throw new InputError("Nobody can be asked here: input, prompt and setNextInput work in cells of a notebook only");
}

/** Sends questions to `target`; without one nobody is asked. */
export function setInputTarget(target: InputTarget | undefined): void {
  slot.target = target;
}
