import { type FrameClock, Pacer } from "../../../extension/src/renderer/pacer.js";

/** A clock that goes on only when told. */
class FakeClock implements FrameClock {
  time = 0;
  #waiting: { at: number; callback: () => void }[] = [];
  now(): number {
    return this.time;
  }
  after(ms: number, callback: () => void): () => void {
    const entry = { at: this.time + ms, callback };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }
  /** Lets time pass, and what follows from each callback happen. */
  async pass(ms: number): Promise<void> {
    const until = this.time + ms;
    for (;;) {
      const next = this.#waiting.filter((entry) => entry.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.time = next.at;
      this.#waiting = this.#waiting.filter((entry) => entry !== next);
      next.callback();
      await new Promise(setImmediate);
    }
    this.time = until;
  }
}

function pacing(draw?: () => Promise<void>) {
  const clock = new FakeClock();
  const drawn: number[] = [];
  const pacer = new Pacer(
    () => {
      drawn.push(clock.time);
      return draw?.();
    },
    () => 80,
    clock,
  );
  return { clock, drawn, pacer };
}

test("the first request is drawn in the next frame", async () => {
  const { clock, drawn, pacer } = pacing();
  pacer.request();
  await clock.pass(0);
  expect(drawn).toEqual([0]);
});

test("requests that come faster than frames are drawn together", async () => {
  const { clock, drawn, pacer } = pacing();
  for (let ms = 0; ms < 200; ms += 5) {
    pacer.request();
    await clock.pass(5);
  }
  await clock.pass(500);
  expect(drawn).toEqual([0, 80, 160, 240]);
});

test("nothing is drawn out of sight, and once when it comes back", async () => {
  const { clock, drawn, pacer } = pacing();
  pacer.isVisible = false;
  pacer.request();
  await clock.pass(1000);
  pacer.request();
  expect(drawn).toEqual([]);
  pacer.isVisible = true;
  await clock.pass(1000);
  expect(drawn).toEqual([1000]);
});

test("a slow drawing is never overtaken by the next one", async () => {
  let finish = () => {};
  const { clock, drawn, pacer } = pacing(() => new Promise((resolve) => (finish = resolve)));
  pacer.request();
  await clock.pass(10);
  pacer.request();
  await clock.pass(500);
  expect(drawn).toEqual([0]);
  finish();
  await new Promise(setImmediate);
  await clock.pass(0);
  expect(drawn).toEqual([0, 510]);
});

test("a drawing that was planned is not made after the view is closed", async () => {
  const { clock, drawn, pacer } = pacing();
  pacer.request();
  pacer.dispose();
  await clock.pass(1000);
  expect(drawn).toEqual([]);
});
