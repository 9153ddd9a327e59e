/**
 * Subshells: cells of one run while a cell of another one awaits.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-subshells
 * @module
 */
import { text } from "../fields.js";
import type { Handler } from "../kernel-context.js";

export const createSubshell: Handler = (_request, { subshells }) => ({
  status: "ok",
  subshell_id: subshells.create(),
});

export const deleteSubshell: Handler = (request, { subshells }) => {
  subshells.delete(text(request, "subshell_id"));
  return { status: "ok" };
};

export const listSubshell: Handler = (_request, { subshells }) => ({ status: "ok", subshell_id: subshells.ids });
