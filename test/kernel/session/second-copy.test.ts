import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SessionClient } from "../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

test("what a second copy of this package shows and opens goes to the same notebook", async () => {
  const copy = join(session.folder, "node_modules", "copy");
  mkdirSync(copy, { recursive: true });
  writeFileSync(join(copy, "package.json"), '{ "type": "module" }');
  cpSync(new URL("../../../kernel/dist/", import.meta.url), join(copy, "dist"), {
    recursive: true,
    filter: (path) => !path.endsWith(".map") && !path.endsWith(".d.ts"),
  });
  const { outputs } = await session.run(`
    const { display: show } = await import("./node_modules/copy/dist/session/display/display.js");
    const { comms: other } = await import("./node_modules/copy/dist/session/comms.js");
    show("hi") === display("hi");
    other.open("view");`);
  expect(outputs.map(({ type }) => type)).toEqual(["display", "display", "comm"]);
});
