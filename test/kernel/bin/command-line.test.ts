import { readCommandLine } from "../../../kernel/src/bin/command-line.js";
import { helpOf, helpOfAll } from "../../../kernel/src/bin/commands.js";

test.each([
  [[], { run: "help", of: undefined }],
  [["-h"], { run: "help", of: undefined }],
  [["help"], { run: "help", of: undefined }],
  [["help", "install"], { run: "help", of: "install" }],
  [["install", "--help"], { run: "help", of: "install" }],
  [["kernel", "-h", "-f", "c.json"], { run: "help", of: "kernel" }],
  [["--version"], { run: "version" }],
  [["kernel", "-f", "c.json"], { run: "kernel", values: { "connection-file": "c.json" } }],
  [["kernel", "--connection-file=c.json"], { run: "kernel", values: { "connection-file": "c.json" } }],
  [["kernel", "--config-path", "c.json", "--js"], { run: "kernel", values: { "config-path": "c.json", js: true } }],
  [["kernel", "--config-path=c.json"], { run: "kernel", values: { "config-path": "c.json" } }],
  [["install", "--prefix=-x"], { run: "install", values: { prefix: "-x" } }],
  [["install", "--user", "--engine", "all"], { run: "install", values: { user: true, engine: "all" } }],
  [["doctor", "--sys-prefix"], { run: "doctor", values: { "sys-prefix": true } }],
] as const)("dagbook %j is understood", (args, meaning) => {
  expect(readCommandLine(args)).toEqual(meaning);
});

test.each([
  [["instal"], 'There is no command "instal", but install: see dagbook --help'],
  [["help", "frobnicate"], 'There is no command "frobnicate": see dagbook --help'],
  [["toString"], 'There is no command "toString": see dagbook --help'],
  [["install", "--prefx", "x"], "dagbook install has no option --prefx, but --prefix: see dagbook install --help"],
  [["install", "--toString"], "dagbook install has no option --toString: see dagbook install --help"],
  [["install", "-f", "x"], "dagbook install has no option -f: see dagbook install --help"],
  [["install", "--user=yes"], '--user takes no value, it got "yes": see dagbook install --help'],
  [["install", "--prefix"], "--prefix needs a value: --prefix DIR"],
  [["install", "--prefix", "--user"], "--prefix needs a value: --prefix DIR"],
  [["install", "--prefix="], "--prefix is empty: give a DIR, as --prefix DIR"],
  [["kernel", "-f"], "-f needs a value: -f FILE"],
  [["kernel", "c.json"], 'dagbook kernel takes no "c.json": see dagbook kernel --help'],
] as const)("dagbook %j says what is wrong and where to look", (args, message) => {
  expect(() => readCommandLine(args)).toThrow(message);
});

test("help names every command, and every option of one", () => {
  expect(helpOfAll()).toMatch(/kernel .*\n.*install .*\n.*uninstall .*\n.*doctor /);
  expect(helpOf("kernel")).toMatch(
    /-f, --connection-file FILE .*\n.*--config-path FILE .*\n.*--engine NAME .*\n.*--js /,
  );
});
