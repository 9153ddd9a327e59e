import type { Page } from "playwright-core";

/** One drawing of a run, as the page showed it. */
export interface Flush {
  /** milliseconds since the page was loaded */
  readonly at: number;
  readonly seq: number;
  readonly state: string;
  /** the words of the header: "running · 5 of 13 tasks · 2 running" */
  readonly counts: string;
}

declare global {
  interface Window {
    flushes: Flush[];
  }
}

/** CSS selector of the view of a run; without one of any run. */
export const viewOf = (run?: string) => (run === undefined ? ".dagbook-run" : `.dagbook-run[data-run="${run}"]`);

/** Records every drawing of every run from now on, until the page is reloaded. */
export async function recordFlushes(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.flushes = [];
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const view = target as HTMLElement;
        const { seq, state = "" } = view.dataset;
        const counts = view.querySelector(".dagbook-counts")?.textContent ?? "";
        window.flushes.push({ at: performance.now(), seq: Number(seq), state, counts });
      }
    }).observe(document.body, { subtree: true, attributeFilter: ["data-seq"] });
  });
}

/** What was recorded: drawings that showed something new. */
export async function flushes(page: Page): Promise<Flush[]> {
  const all = await page.evaluate(() => window.flushes);
  return all.filter((flush, index) => flush.seq !== all[index - 1]?.seq);
}

/** Drawings a second of a live run, by the median time between two: a busy machine may delay some. */
export function flushRate(recorded: readonly Flush[]): number {
  const times = recorded.filter((flush) => flush.state === "running").map((flush) => flush.at);
  const waits = times.slice(1).map((at, index) => at - times[index]!);
  return 1000 / waits.sort((a, b) => a - b)[Math.floor(waits.length / 2)]!;
}

/** Waits until the view of a run is drawn. */
export async function ready(page: Page, run?: string): Promise<void> {
  await page.waitForSelector(`${viewOf(run)}[data-ready]`);
}

/** Waits until the view of a run shows a state. */
export async function showsState(page: Page, state: string, run?: string, timeout = 20_000): Promise<void> {
  await page.waitForSelector(`${viewOf(run)}[data-state="${state}"]`, { timeout });
}

/** Number of the last message the view of a run has drawn. */
export async function seqOf(page: Page, run?: string): Promise<number> {
  return Number(await page.getAttribute(viewOf(run), "data-seq"));
}
