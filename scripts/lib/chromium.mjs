// The browser of the browser tests: one that is there, else Debian's package.
import { existsSync } from "node:fs";
import { must, works } from "./run.mjs";
import { Cure, say } from "./say.mjs";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

const find = () => [process.env.CHROMIUM_PATH, ...PLACES].find((path) => path && existsSync(path));

/**
 * Path of a Chromium for the tests.
 * @throws {Cure} if none is found and none can be installed
 */
export function setUpChromium() {
  const found = find();
  if (found && (process.platform !== "linux" || existsSync(FONT))) return found;
  const root = process.getuid?.() === 0;
  if (!works("apt-get", ["--version"]) || !(root || works("sudo", ["-n", "true"]))) {
    if (found) return found;
    throw new Cure(
      "The browser tests need Chromium: install it, or set CHROMIUM_PATH to one, then run the command again.",
    );
  }
  say("Chromium and a font, from Debian's packages");
  const apt = (...args) =>
    must(
      root ? "apt-get" : "sudo",
      root ? args : ["-n", "apt-get", ...args],
      "Check the network and apt's sources, or set CHROMIUM_PATH.",
    );
  apt("update", "-qq");
  apt("install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core");
  return find();
}
