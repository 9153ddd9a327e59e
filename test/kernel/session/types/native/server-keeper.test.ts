import { type KeptServer, ServerKeeper } from "../../../../../kernel/src/session/types/native/server-keeper.js";

/** A process that dies when it is told to. */
class FakeServer implements KeptServer {
  readonly pid = 1;
  hasEnded = false;
  isStuck = false;
  kill(): void {
    this.hasEnded = true;
  }
  die(): never {
    this.hasEnded = true;
    throw new Error("the process has ended");
  }
  hang(): never {
    this.isStuck = true;
    throw new Error("no answer");
  }
}

interface Kept {
  readonly keeper: ServerKeeper<FakeServer>;
  readonly started: FakeServer[];
  readonly logged: string[];
  readonly clock: { now: number };
}

function kept(start = async () => new FakeServer(), prepare = async () => undefined): Kept {
  const started: FakeServer[] = [];
  const logged: string[] = [];
  const clock = { now: 0 };
  const keeper = new ServerKeeper<FakeServer>({
    start: async () => {
      const server = await start();
      started.push(server);
      return server;
    },
    prepare,
    log: (text) => logged.push(text),
    now: () => clock.now,
  });
  return { keeper, started, logged, clock };
}

test("one process answers one question after the other", async () => {
  const { keeper, started } = kept();
  const order: string[] = [];
  const ask = (name: string) =>
    keeper.ask(async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
      return name;
    });
  expect(await Promise.all([ask("a"), ask("b")])).toEqual(["a", "b"]);
  expect(order).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  expect(started).toHaveLength(1);
});

test("a question that meets a dead process is asked the next one", async () => {
  const { keeper, started, logged } = kept();
  expect(await keeper.ask(async (server) => (started.length === 1 ? server.die() : "alive"))).toBe("alive");
  expect([started.length, logged.length]).toEqual([2, 0]);
});

test("a question that hangs is not asked again, the next one gets another process", async () => {
  const { keeper, started } = kept();
  expect(await keeper.ask(async (server) => server.hang())).toBeUndefined();
  expect(started[0]?.hasEnded).toBe(true);
  expect(await keeper.ask(async () => "fine")).toBe("fine");
  expect(started).toHaveLength(2);
});

test("after three deaths in a minute it is left alone for five, which the log says once", async () => {
  const { keeper, started, logged, clock } = kept();
  const dies = () => keeper.ask(async (server) => server.die());
  await dies();
  await dies();
  await dies();
  expect(started).toHaveLength(3);
  expect(logged).toEqual(["no types for 5 minutes, cells run all the same: the process has ended"]);
  clock.now = 299_000;
  expect(await keeper.ask(async () => "alive")).toBeUndefined();
  clock.now = 301_000;
  expect(await keeper.ask(async () => "alive")).toBe("alive");
});

test("deaths that are far apart are forgotten", async () => {
  const { keeper, logged, clock } = kept();
  for (let death = 0; death < 10; death++) {
    clock.now += 61_000;
    let isFirst = true;
    expect(
      await keeper.ask(async (server) => {
        const dies = isFirst;
        isFirst = false;
        return dies ? server.die() : "alive";
      }),
    ).toBe("alive");
  }
  expect(logged).toEqual([]);
});

test("a process that cannot be prepared counts as dead", async () => {
  const { keeper, started, logged } = kept(undefined, async () => {
    throw new Error("no such project\nwith details");
  });
  for (let question = 0; question < 4; question++) expect(await keeper.ask(async () => 1)).toBeUndefined();
  expect(started.every(({ hasEnded }) => hasEnded)).toBe(true);
  expect(started).toHaveLength(3);
  expect(logged).toEqual([expect.stringMatching(/no such project$/)]);
});

test("a question that a living process refuses has no answer, and the process stays", async () => {
  const { keeper, started, logged } = kept();
  const refused = () =>
    keeper.ask(async () => {
      throw new Error("panic: nil");
    });
  expect(await refused()).toBeUndefined();
  expect(await refused()).toBeUndefined();
  expect(await keeper.ask(async () => "fine")).toBe("fine");
  expect([started.length, logged]).toEqual([1, ["the type checker had no answer: panic: nil"]]);
});

test("nothing starts after it was closed, also what was just starting ends", async () => {
  const { keeper, started } = kept();
  const answer = keeper.ask(async (server) => (server.hasEnded ? server.die() : "alive"));
  keeper.close();
  expect(await answer).toBeUndefined();
  expect(await keeper.ask(async () => "alive")).toBeUndefined();
  expect(started.every(({ hasEnded }) => hasEnded)).toBe(true);
});

test("it is warm once it has answered, and cold again when it was put to sleep", async () => {
  const { keeper, started } = kept();
  expect(keeper.isWarm).toBe(false);
  const answer = keeper.ask(async () => "here");
  // Somebody waits: not now.
  keeper.sleep();
  expect(await answer).toBe("here");
  expect([keeper.isWarm, started[0]?.hasEnded]).toEqual([true, false]);
  keeper.sleep();
  expect([keeper.isWarm, started[0]?.hasEnded]).toEqual([false, true]);
  expect(await keeper.ask(async () => "again")).toBe("again");
  expect(keeper.isWarm).toBe(true);
});

test("a process that nobody asks is ended, one that is asked is not, and the next question starts another", async () => {
  const started: FakeServer[] = [];
  let onKill: () => void = () => undefined;
  const killed = new Promise<void>((resolve) => (onKill = resolve));
  const start = async () => {
    const server = new FakeServer();
    server.kill = () => {
      server.hasEnded = true;
      onKill();
    };
    started.push(server);
    return server;
  };
  const keeper = new ServerKeeper<FakeServer>({
    start,
    prepare: async () => undefined,
    log: () => undefined,
    now: () => 0,
    idleMs: 0,
  });
  const [first, second] = [keeper.ask(async ({ hasEnded }) => hasEnded), keeper.ask(async ({ hasEnded }) => hasEnded)];
  expect(await Promise.all([first, second])).toEqual([false, false]);
  await killed;
  expect([started.length, keeper.pid]).toEqual([1, undefined]);
  expect(await keeper.ask(async () => "again")).toBe("again");
  expect(started).toHaveLength(2);
  keeper.close();
});
