// Measures a page of Chromium from inside: how long drawings take, frames a second, the main thread's share.

/**
 * Begins to measure. A drawing is a callback of an animation frame after which a view shows a newer message.
 * @param {import("playwright-core").Page} page
 */
export async function startMeter(page) {
  const session = await page.context().newCDPSession(page);
  // Time of the thread, not of the clock: other work on the machine does not count.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.evaluate(() => {
    const shown = () => [...document.querySelectorAll(".dagbook-run")].map(({ dataset }) => dataset.seq).join();
    const meter = { draws: [], frames: 0, isOn: true, longTasks: [], from: performance.now() };
    window.meter = meter;
    const original = window.requestAnimationFrame;
    window.requestAnimationFrame = (callback) =>
      original.call(window, (time) => {
        const before = shown();
        const start = performance.now();
        callback(time);
        const ms = performance.now() - start;
        if (meter.isOn && shown() !== before) meter.draws.push(ms);
      });
    const count = () => {
      meter.frames++;
      if (meter.isOn) original.call(window, count);
    };
    original.call(window, count);
    new PerformanceObserver((list) => {
      if (meter.isOn) meter.longTasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ entryTypes: ["longtask"] });
    meter.restore = () => {
      window.requestAnimationFrame = original;
    };
  });
  const busyFrom = await taskSeconds(session);
  return {
    /** @returns {Promise<{ draws: number[], longTasks: number[], fps: number, share: number }>} share: of one thread, 0 … 1 */
    async stop() {
      const busy = (await taskSeconds(session)) - busyFrom;
      const { draws, longTasks, frames, seconds } = await page.evaluate(() => {
        const { meter } = window;
        meter.isOn = false;
        meter.restore();
        return { ...meter, restore: undefined, seconds: (performance.now() - meter.from) / 1000 };
      });
      await session.detach();
      return { draws, longTasks, fps: frames / seconds, share: busy / seconds };
    },
  };
}

async function taskSeconds(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value;
}
