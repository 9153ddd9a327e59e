import { dataFolderOf, dataFolders, type Machine } from "../../../kernel/src/bin/jupyter-data.js";

function machine(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home = "/home/me"): Machine {
  return { platform, env, home };
}

test.each([
  [machine("linux", {}), "/home/me/.local/share/jupyter"],
  [machine("linux", { XDG_DATA_HOME: "/data" }), "/data/jupyter"],
  [machine("linux", { XDG_DATA_HOME: "" }), "/home/me/.local/share/jupyter"],
  [machine("linux", { JUPYTER_DATA_DIR: "/mine" }), "/mine"],
  [machine("darwin", {}, "/Users/me"), "/Users/me/Library/Jupyter"],
  [machine("win32", { APPDATA: "C:\\Roaming" }, "C:\\me"), "C:\\Roaming\\jupyter"],
  [machine("win32", {}, "C:\\me"), "C:\\me\\.jupyter\\data"],
])("the user's folder is that of jupyter_core: %#", (of, folder) => {
  expect(dataFolderOf({}, of)).toBe(folder);
  expect(dataFolderOf({ user: true }, of)).toBe(folder);
});

test("an environment and a prefix have theirs below them", () => {
  expect(dataFolderOf({ prefix: "/opt/lab" }, machine("linux", {}))).toBe("/opt/lab/share/jupyter");
  expect(dataFolderOf({ "sys-prefix": true }, machine("linux", { VIRTUAL_ENV: "/venv" }))).toBe("/venv/share/jupyter");
  expect(dataFolderOf({ "sys-prefix": true }, machine("linux", { CONDA_PREFIX: "/conda" }))).toBe(
    "/conda/share/jupyter",
  );
  expect(() => dataFolderOf({ "sys-prefix": true }, machine("linux", {}))).toThrow(/needs an active environment/);
  expect(() => dataFolderOf({ prefix: "/a", user: true }, machine("linux", {}))).toThrow(/Two places are given/);
});

test("folders come in the order of jupyter_core: listed, the environment's, the user's, the system's", () => {
  const system = ["/usr/local/share/jupyter", "/usr/share/jupyter"];
  const user = "/home/me/.local/share/jupyter";
  const venv = { VIRTUAL_ENV: "/venv" };
  expect(dataFolders({}, machine("linux", venv))).toEqual(["/venv/share/jupyter", user, ...system]);
  expect(dataFolders({}, machine("linux", { ...venv, JUPYTER_PATH: "/a:/b:" }))).toEqual([
    "/a",
    "/b",
    "/venv/share/jupyter",
    user,
    ...system,
  ]);
  expect(dataFolders({}, machine("linux", { ...venv, JUPYTER_PREFER_ENV_PATH: "no" }))).toEqual([
    user,
    "/venv/share/jupyter",
    ...system,
  ]);
  const base = { CONDA_PREFIX: "/conda", CONDA_DEFAULT_ENV: "base" };
  expect(dataFolders({}, machine("linux", base))).toEqual([user, "/conda/share/jupyter", ...system]);
});

test("on Windows the folder of all users counts only when it is trusted", () => {
  const env = { APPDATA: "C:\\Roaming", PROGRAMDATA: "C:\\ProgramData" };
  expect(dataFolders({}, machine("win32", env))).toEqual(["C:\\Roaming\\jupyter"]);
  const trusted = { ...env, JUPYTER_USE_PROGRAMDATA: "1" };
  expect(dataFolders({}, machine("win32", trusted))).toEqual(["C:\\Roaming\\jupyter", "C:\\ProgramData\\jupyter"]);
});
