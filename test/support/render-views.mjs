// Draws the view of pretended runs in Chromium and keeps the pictures in test/artefacts/views: look at them.
// Usage: node test/support/render-views.mjs [part of a name] ; needs a built extension (npm run build).
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "oxc-transform";
import { chromium } from "playwright-core";
import { THEMES, VIEWS } from "./view-scenes.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const artefacts = join(root, "test/artefacts/views");
const types = { ".js": "text/javascript", ".mjs": "text/javascript", ".html": "text/html" };

/** Serves the repository on the loopback; TypeScript of test/support as JavaScript. */
async function serve() {
  const server = createServer(async (request, response) => {
    try {
      const path = normalize(new URL(request.url, "http://x").pathname);
      const file = join(root, path);
      const isSupport = path.startsWith("/test/support/") && path.endsWith(".js");
      const source = await readFile(isSupport ? file.replace(/\.js$/, ".ts") : file);
      response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
      response.end(isSupport ? transformSync(file.replace(/\.js$/, ".ts"), source.toString()).code : source);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

export async function openPage(server, width) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  const page = await browser.newPage({ viewport: { width, height: 900 }, deviceScaleFactor: 2 });
  page.on("pageerror", (error) => process.stderr.write(`page: ${error.stack}\n`));
  page.on("console", (message) => process.stderr.write(`console: ${message.text()}\n`));
  await page.goto(`http://127.0.0.1:${server.address().port}/test/support/view-page.html`);
  await page.waitForFunction(() => "draw" in window);
  return { browser, page };
}

await mkdir(artefacts, { recursive: true });
const server = await serve();
const { browser, page } = await openPage(server, 1100);
try {
  if (process.argv[2] === "--measure") {
    process.stdout.write(`${JSON.stringify(await page.evaluate(() => window.measure()), null, 1)}\n`);
  } else {
    const wanted = process.argv[2] ?? "";
    for (const [name, view] of Object.entries(VIEWS)) {
      for (const theme of view.themes ?? ["light", "dark"]) {
        if (!`${name}-${theme}`.includes(wanted)) continue;
        const draw = view.runs ? "compare" : "draw";
        const facts = await page.evaluate(([what, ...args]) => window[what](...args), [draw, view, THEMES[theme]]);
        const file = join(artefacts, `${name}-${theme}.png`);
        await writeFile(file, await page.locator("#card").screenshot());
        process.stdout.write(`${name}-${theme} ${JSON.stringify(facts)}\n`);
      }
    }
  }
} finally {
  await browser.close();
  server.close();
}
