import type { Form } from "../store/state.js";
import { trans } from "./translation.js";

const WORDS: Readonly<Record<Form, () => string>> = {
  done: () => trans.__("done"),
  failed: () => trans.__("failed"),
  running: () => trans.__("running"),
  queued: () => trans.__("queued"),
  waiting: () => trans.__("waiting"),
  stopped: () => trans.__("not run"),
};

/** How a task stands, as legends and tooltips call it. */
export function formWord(form: Form): string {
  return WORDS[form]();
}
