import { CellRequests } from "../../../kernel/src/jupyter/cell-requests.js";
import type { Message } from "../../../kernel/src/jupyter/wire/message.js";

test("a cell gives back its payloads once, of pages only the last", () => {
  const cells = new CellRequests();
  cells.start({ header: { msg_id: "c1" } } as Message);
  const page = (text: string) => ({ source: "page", data: { "text/plain": text }, start: 0 }) as const;
  const next = { source: "set_next_input", text: "1", replace: false } as const;
  for (const payload of [page("one"), next, page("two")]) cells.addPayload("c1", payload);
  cells.addPayload("c2", next);
  expect(cells.end("c1")).toEqual([next, page("two")]);
  expect(cells.end("c1")).toEqual([]);
  expect(cells.end("c2")).toEqual([]);
  expect(cells.of("c1")).toBeUndefined();
});
