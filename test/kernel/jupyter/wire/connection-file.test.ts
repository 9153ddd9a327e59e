import { MessageError } from "../../../../kernel/src/errors.js";
import { addressOf, parseConnection } from "../../../../kernel/src/jupyter/wire/connection-file.js";

const file = {
  transport: "tcp",
  ip: "127.0.0.1",
  shell_port: 50001,
  iopub_port: 50002,
  stdin_port: 50003,
  control_port: 50004,
  hb_port: 50005,
  key: "a0436f6c",
  signature_scheme: "hmac-sha256",
  kernel_name: "dagbook",
};

test("a connection file gives the ports by channel", () => {
  expect(parseConnection(JSON.stringify(file))).toEqual({
    transport: "tcp",
    ip: "127.0.0.1",
    ports: { shell: 50001, iopub: 50002, stdin: 50003, control: 50004, hb: 50005 },
    key: "a0436f6c",
  });
});

test("an address names the transport as zeromq wants it", () => {
  const tcp = parseConnection(JSON.stringify(file));
  expect(addressOf(tcp, "iopub")).toBe("tcp://127.0.0.1:50002");
  const ipc = parseConnection(JSON.stringify({ ...file, transport: "ipc", ip: "/tmp/kernel", hb_port: 5 }));
  expect(addressOf(ipc, "hb")).toBe("ipc:///tmp/kernel-5");
});

test("a file without a key means unsigned messages", () => {
  const { key: _key, signature_scheme: _scheme, ...unsigned } = file;
  expect(parseConnection(JSON.stringify(unsigned)).key).toBe("");
});

test.each([
  ["{", /not JSON/],
  ["[]", /no JSON object/],
  [
    JSON.stringify({ ...file, shell_port: undefined }),
    /shell_port of the connection file is missing.*start the kernel/,
  ],
  [JSON.stringify({ ...file, hb_port: "50005" }), /hb_port of the connection file is "50005", expected a port/],
  [JSON.stringify({ ...file, control_port: 70_000 }), /control_port of the connection file is 70000/],
  [JSON.stringify({ ...file, transport: "udp" }), /transport of the connection file is "udp"/],
  [JSON.stringify({ ...file, signature_scheme: "hmac-md5" }), /signature_scheme of the connection file is "hmac-md5"/],
  [JSON.stringify({ ...file, ip: "" }), /ip of the connection file is ""/],
  [JSON.stringify({ ...file, key: 1 }), /key of the connection file is 1/],
])("the file %s is refused with the field and the cure", (text, message) => {
  expect(() => parseConnection(text)).toThrow(MessageError);
  expect(() => parseConnection(text)).toThrow(message);
});
