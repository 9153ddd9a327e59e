import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { type RawClient, RawKernel, type RequestChannel } from "../support/raw-kernel.js";

/** Messages that each property sends; with its two channels and the others some 10,000 in all. */
const RUNS = 40;
const BATCH = 40;
const MEBIBYTE = 1 << 20;

let kernel: RawKernel;
let client: RawClient;
/** memory after the first floods, which fill what the kernel keeps for replays, logs and buffers */
let settled: number;
let sent = 0;

beforeAll(async () => {
  kernel = await RawKernel.start();
  client = await kernel.connect();
  await client.subscribe();
});

afterAll(() => kernel.stop());

/** Code that no hostile message may get to run. */
const trespass = "globalThis.trespassed = (globalThis.trespassed ?? 0) + 1";
const requestTypes = [
  "execute_request",
  "complete_request",
  "inspect_request",
  "history_request",
  "is_complete_request",
  "comm_info_request",
  "kernel_info_request",
  "create_subshell_request",
  "delete_subshell_request",
  "debug_request",
  "usage_request",
  "interrupt_request",
  "comm_open",
  "comm_msg",
  "comm_close",
  "input_reply",
  "shutdown_request",
];
const channel = fc.constantFrom<RequestChannel>("shell", "control", "stdin");
const bytes = fc.uint8Array({ maxLength: 300 }).map((data) => Buffer.from(data));
const oddValue = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: "binary" }),
  fc.double().map(String),
  fc.constantFrom("\u0000", "__proto__", "constructor", "../../etc/passwd", "x".repeat(10_000)),
);

/** Each hostile way to send: frames, made anew for every message. */
const hostile: Readonly<Record<string, fc.Arbitrary<() => readonly Buffer[]>>> = {
  "frames of noise": fc.array(bytes, { maxLength: 12 }).map((frames) => () => frames),
  "a wrong signature": fc
    .tuple(
      fc.constantFrom(...requestTypes),
      fc.constantFrom("other key", "empty", "cut", "upper case", "of other frames"),
    )
    .map(([type, kind]) => () => {
      const parts = client.parts(type, { code: trespass, restart: false, comm_id: "c", target_name: "dagbook.run" });
      const [mark, signature = Buffer.alloc(0), ...frames] = client.signed(
        parts,
        kind === "other key" ? "guess" : kernel.key,
      );
      const wrong = {
        "other key": signature,
        empty: Buffer.alloc(0),
        cut: signature.subarray(0, 63),
        "upper case": Buffer.from(signature.toString().toUpperCase().replace(/^\d+$/, "A")),
        "of other frames": client.signed([{}, {}, {}, {}])[1] ?? signature,
      }[kind];
      return [mark ?? Buffer.alloc(0), wrong ?? signature, ...frames];
    }),
  "a message cut off": fc.tuple(fc.constantFrom(...requestTypes), fc.nat(5)).map(([type, kept]) => () => {
    return client.signed(client.parts(type, { code: trespass })).slice(0, kept);
  }),
  "signed parts that are no objects": fc
    .array(oddValue, { minLength: 4, maxLength: 6 })
    .map((parts) => () => client.signed(parts)),
  "signed parts that are no JSON": fc
    .array(bytes, { minLength: 4, maxLength: 8 })
    .map((parts) => () => client.signed(parts)),
  "a header with wrong fields": fc
    .dictionary(
      fc.constantFrom("msg_id", "msg_type", "session", "username", "date", "version", "subshell_id"),
      oddValue,
    )
    .filter((header) => typeof header.msg_type !== "string" || !requestTypes.includes(header.msg_type))
    .map((header) => () => client.signed([{ msg_type: "execute_request", ...header }, {}, {}, { code: 7 }])),
  "content with wrong fields": fc
    .tuple(
      fc.constantFrom(
        ...requestTypes.filter((type) => !["shutdown_request", "create_subshell_request"].includes(type)),
      ),
      fc.dictionary(
        fc.constantFrom(
          "code",
          "cursor_pos",
          "comm_id",
          "target_name",
          "data",
          "hist_access_type",
          "pattern",
          "n",
          "value",
          "user_expressions",
          "subshell_id",
          "detail_level",
        ),
        oddValue.filter((value) => typeof value !== "string"),
      ),
    )
    .map(
      ([type, content]) =>
        () =>
          client.signed(client.parts(type, content)),
    ),
  "ids that nobody knows": fc
    .constantFrom("comm_msg", "comm_close", "delete_subshell_request", "input_reply")
    .map((type) => () => {
      const content = { comm_id: randomUUID(), subshell_id: randomUUID(), value: trespass, data: {} };
      return client.signed(client.parts(type, content));
    }),
  "a subshell that does not exist": fc.constantFrom("execute_request", "complete_request").map((type) => () => {
    return client.signed(client.parts(type, { code: trespass, cursor_pos: 0 }, { subshell_id: randomUUID() }));
  }),
  "types that nobody knows": fc
    .string()
    .map((type) => () => client.signed(client.parts(`x${type}`, { code: trespass }))),
};

describe.each(Object.entries(hostile))("%s", (_, arbitrary) => {
  test("executes nothing, and the kernel answers the next good message", async () => {
    await fc.assert(
      fc.asyncProperty(
        channel,
        fc.array(arbitrary, { minLength: BATCH / 2, maxLength: BATCH }),
        async (on, messages) => {
          for (const make of messages) {
            const frames = make();
            if (frames.length > 0) await client.send(on, frames);
            sent += 1;
          }
          await expectAlive();
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
    await expectNothingRan();
    settled ??= kernel.memory;
  }, 60_000);
});

test("a message that comes a second time is dropped", async () => {
  await client.ask("shell", "execute_request", { code: "globalThis.counted = 0", silent: true });
  const frames = client.signed(client.parts("execute_request", { code: "globalThis.counted += 1", silent: true }));
  for (let time = 0; time < 200; time++) await client.send("shell", frames);
  expect(await shownValue("counted")).toBe("1");
});

test("huge headers and contents are refused by size, deep ones by their depth", async () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  const header = client.parts("execute_request", {})[0];
  await client.send(
    "shell",
    client.signed([{ ...Object(header), pad: "x".repeat(2 * MEBIBYTE) }, {}, {}, { code: trespass }]),
  );
  await client.send("shell", client.signed([header, {}, {}, { code: trespass, pad: "x".repeat(65 * MEBIBYTE) }]));
  await client.send("control", client.signed([header, {}, Buffer.from(deep), { code: trespass }]));
  await client.send("stdin", client.signed([header, {}, {}, Buffer.from(`{"value":${deep}}`)]));
  await expectAlive();
  await expectNothingRan();
});

test("code that is nested deeper than any parser can follow is refused by every request", async () => {
  const code = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  expect((await client.ask("shell", "is_complete_request", { code })).content.status).toBe("invalid");
  for (const type of ["complete_request", "inspect_request"]) {
    expect((await client.ask("shell", type, { code, cursor_pos: 100_000 })).content.status).toBe("ok");
  }
  const { content } = await client.ask("shell", "execute_request", { code, silent: false });
  expect(content).toMatchObject({ ename: "SyntaxError", evalue: expect.stringMatching(/^more than 1000 brackets/) });
  await expectAlive();
});

test("iopub takes subscriptions and nothing else, and publishes on", async () => {
  const noise = fc.sample(fc.array(bytes, { minLength: 1, maxLength: 3 }), 500);
  await client.sendToIopub(noise);
  await expectAlive();
  const before = client.parts("execute_request", { code: 'console.log("published")', silent: false });
  await client.send("shell", client.signed(before));
  for (let message = await client.published(); ; message = await client.published()) {
    if (message.header.msg_type === "stream" && message.content.text === "published\n") break;
  }
});

test("the heartbeat gives back whatever it gets", async () => {
  for (const frames of fc.sample(fc.array(bytes, { minLength: 1, maxLength: 4 }), 100)) {
    expect(await client.beat(frames)).toEqual(frames);
  }
  await expectAlive();
});

test("names of comms and of what everything has are no way in", async () => {
  for (const id of ["__proto__", "constructor", "toString"]) {
    for (const type of ["comm_open", "comm_msg", "comm_close"]) {
      await client.send(
        "shell",
        client.signed(client.parts(type, { comm_id: id, target_name: id, data: { __proto__: { polluted: 1 } } })),
      );
    }
  }
  await expectAlive();
  expect(await shownValue("({}).polluted")).toBe("undefined");
});

test("after all that the kernel holds little more memory, and its log is short", async () => {
  await expectNothingRan();
  expect(sent).toBeGreaterThan(10_000);
  expect(kernel.hasEnded).toBe(false);
  // V8 frees in its own time; a leak of what was sent, some 100 MB, would be far above.
  expect(kernel.memory - settled).toBeLessThan(200 * MEBIBYTE);
  expect(kernel.log.length).toBeLessThan(100_000);
  // What would have shown a trespass: the same code, rightly sent.
  await client.ask("shell", "execute_request", { code: trespass, silent: true });
  expect(await shownValue("globalThis.trespassed")).toBe("1");
});

async function expectAlive(): Promise<void> {
  for (const on of ["shell", "control"] as const) {
    expect((await client.ask(on, "kernel_info_request", {})).content.status).toBe("ok");
  }
}

async function expectNothingRan(): Promise<void> {
  expect(await shownValue("globalThis.trespassed")).toBe("undefined");
}

async function shownValue(expression: string): Promise<unknown> {
  const content = { code: "", silent: true, user_expressions: { value: expression } };
  const reply = await client.ask("shell", "execute_request", content);
  const { value } = reply.content.user_expressions as Record<string, { readonly data: Record<string, unknown> }>;
  return value?.data["text/plain"];
}
