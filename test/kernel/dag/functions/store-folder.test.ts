import { execFileSync } from "node:child_process";
import process from "node:process";
import { builtFile } from "../../../../kernel/src/built-file.js";

const store = builtFile(import.meta.url.replace("/test/kernel/", "/kernel/src/"), "./store-folder.js").href;

test("a user without a name, as in some containers, has a folder of its own", () => {
  // Only root may become somebody else; for others the folder is made as the user that runs the test.
  const stranger = process.getuid?.() === 0 ? { uid: 54_321 } : {};
  const code = `import(${JSON.stringify(store)}).then(({ storeFolder }) => console.log(storeFolder()))`;
  const path = execFileSync(process.execPath, ["-e", code], { ...stranger, cwd: "/", encoding: "utf8" });
  expect(path).toContain("dagbook-modules-");
});
