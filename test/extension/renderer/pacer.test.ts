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
  pass(ms: number): void {
    const until = this.time + ms;
    for (;;) {
      const next = this.#waiting.filter((entry) => entry.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.time = next.at;
      this.#waiting = this.#waiting.filter((entry) => entry !== next);
      next.callback();
    }
    this.time = Math.max(this.time, until);
  }
}

/** A pacer whose drawings take `ms` each. */
function pacing(ms = 0) {
  const clock = new FakeClock();
  const drawn: number[] = [];
  const draw = () => {
    drawn.push(clock.time);
    clock.time += ms;
  };
  return { clock, drawn, pacer: new Pacer(draw, () => 80, clock) };
}

test("the first request is drawn in the next frame", () => {
  const { clock, drawn, pacer } = pacing();
  pacer.request();
  clock.pass(0);
  expect(drawn).toEqual([0]);
});

test("requests that come faster than frames are drawn together", () => {
  const { clock, drawn, pacer } = pacing();
  for (let ms = 0; ms < 200; ms += 5) {
    pacer.request();
    clock.pass(5);
  }
  clock.pass(500);
  expect(drawn).toEqual([0, 80, 160, 240]);
});

test("a drawing that asks for the next one waits for it like anybody else", () => {
  const clock = new FakeClock();
  const drawn: number[] = [];
  const draw = () => {
    drawn.push(clock.time);
    pacer.request();
  };
  const pacer = new Pacer(draw, () => 80, clock);
  pacer.request();
  clock.pass(200);
  expect(drawn).toEqual([0, 80, 160]);
});

test("nothing is drawn out of sight, and once when it comes back", () => {
  const { clock, drawn, pacer } = pacing();
  pacer.isVisible = false;
  pacer.request();
  clock.pass(1000);
  pacer.request();
  expect(drawn).toEqual([]);
  pacer.isVisible = true;
  clock.pass(1000);
  expect(drawn).toEqual([1000]);
});

test("after a slow drawing as much time is left free as it took", () => {
  const { clock, drawn, pacer } = pacing(100);
  pacer.request();
  clock.pass(0);
  pacer.request();
  clock.pass(1000);
  expect(drawn).toEqual([0, 200]);
});

test("a drawing that was planned is not made after the view is closed", () => {
  const { clock, drawn, pacer } = pacing();
  pacer.request();
  pacer.dispose();
  clock.pass(1000);
  expect(drawn).toEqual([]);
});
