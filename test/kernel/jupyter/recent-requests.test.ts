import { RecentRequests } from "../../../kernel/src/jupyter/recent-requests.js";
import type { Header } from "../../../kernel/src/jupyter/wire/message.js";

const header = (id: string): Header => ({
  msg_id: id,
  session: "s",
  username: "u",
  date: "",
  msg_type: "execute_request",
  version: "5.5",
});

test("the last 1,000 requests are remembered, with whether they are silent", () => {
  const requests = new RecentRequests();
  for (let n = 0; n <= 1000; n++) requests.remember(header(`c${n}`), n % 2 === 1);
  expect(requests.headerOf("c0")).toBeUndefined();
  expect(requests.headerOf("c1")).toEqual(header("c1"));
  expect([requests.isSilent("c1"), requests.isSilent("c2"), requests.isSilent("c0")]).toEqual([true, false, false]);
  expect([requests.headerOf(undefined), requests.isSilent(undefined)]).toEqual([undefined, false]);
});
