"""Drives a kernel with jupyter_client: one JSON command per line on stdin, one JSON answer per line on stdout.

Every message of the kernel is checked against the schemas of jupyter_kernel_test; what is wrong with one stands
in its field `invalid`.
"""

import json
import os
import queue
import sys
import time

import zmq
from jupyter_client.manager import KernelManager
from jupyter_kernel_test.msgspec_v5 import validate_message
from zmq.utils.monitor import recv_monitor_message

TIMEOUT = 20


class Client:
    def __init__(self, kernel):
        self.manager = KernelManager(kernel_name=kernel)
        self.other = []

    def start(self, log=None, **options):
        """Starts the kernel. `log` is a file for its standard error, which is the log of its server."""
        begin = time.perf_counter()
        if log is not None:
            options["stderr"] = open(log, "w")
        self.manager.start_kernel(**options)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=TIMEOUT)
        seconds = time.perf_counter() - begin
        return {"pid": self.manager.provisioner.pid, "seconds": seconds}

    def send(self, channel, type, content, buffers=None):
        """Sends a request; its answers are for `collect`."""
        message = self.client.session.msg(type, content)
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def collect(self, id, channel="shell", reply=True, seconds=TIMEOUT):
        """Waits for the reply and the idle of a request; all messages on iopub that came meanwhile go with them."""
        deadline = time.monotonic() + seconds
        answer, published = None, self.other
        self.other = []
        is_idle = any(is_idle_of(message, id) for message in published)
        while not is_idle or (reply and answer is None):
            if time.monotonic() > deadline:
                return {"timeout": True, "reply": answer, "iopub": published}
            try:
                message = checked(self.client.get_iopub_msg(timeout=0.02), id)
                published.append(message)
                is_idle = is_idle or is_idle_of(message, id)
            except queue.Empty:
                pass
            try:
                get = self.client.get_shell_msg if channel == "shell" else self.client.get_control_msg
                while reply and answer is None:
                    message = get(timeout=0.005)
                    if message["parent_header"].get("msg_id") == id:
                        answer = checked(message, id)
            except queue.Empty:
                pass
        own = [message for message in published if message["parent"] == id]
        self.other = [message for message in published if message["parent"] != id]
        return {"reply": answer, "iopub": own}

    def request(self, channel, type, content, seconds=TIMEOUT):
        id = self.send(channel, type, content)
        return {"id": id, **self.collect(id, channel, type.endswith("_request"), seconds)}

    def await_published(self, type, count=1, seconds=TIMEOUT):
        """Waits for messages on iopub of a type, whatever request they belong to, and takes all that came."""
        deadline = time.monotonic() + seconds
        while sum(message["type"] == type for message in self.other) < count and time.monotonic() < deadline:
            try:
                self.other.append(checked(self.client.get_iopub_msg(timeout=0.1)))
            except queue.Empty:
                pass
        taken, self.other = self.other, []
        return taken

    def interrupt(self):
        """Interrupts as a server does; milliseconds until the kernel says that it is done."""
        begin = time.perf_counter()
        answer = self.request("control", "interrupt_request", {})
        return {"ms": (time.perf_counter() - begin) * 1000, **answer}

    def heartbeat(self):
        """Milliseconds of ten pings."""
        info = self.client.get_connection_info()
        socket = zmq.Context.instance().socket(zmq.REQ)
        socket.linger = 0
        socket.connect(f"tcp://{info['ip']}:{info['hb_port']}")
        times = []
        for _ in range(10):
            begin = time.perf_counter()
            socket.send(b"ping")
            times.append((time.perf_counter() - begin) * 1000 if socket.poll(2000) and socket.recv() == b"ping" else None)
        socket.close()
        return times

    def welcome(self):
        """The first message that a new subscriber gets."""
        socket = self.client.context.socket(zmq.SUB)
        info = self.client.get_connection_info()
        socket.linger = 0
        socket.connect(f"tcp://{info['ip']}:{info['iopub_port']}")
        socket.subscribe(b"")
        if not socket.poll(5000):
            return None
        # The client's own session would refuse the message when it comes to the client too.
        session = self.client.session.clone()
        _, frames = session.feed_identities(socket.recv_multipart())
        message = session.deserialize(frames)
        socket.close()
        return {"type": message["msg_type"], "content": message["content"]}

    def subscribe_and_sleep(self):
        """Another client, which never reads what is published."""
        info = self.client.get_connection_info()
        self.sleeper = self.client.context.socket(zmq.SUB)
        self.sleeper.linger = 0
        self.sleeper.rcvhwm = 1
        self.sleeper.connect(f"tcp://{info['ip']}:{info['iopub_port']}")
        self.sleeper.subscribe(b"")
        return bool(self.sleeper.poll(5000))

    def replay(self):
        """Sends one request twice with one signature, and another one; types of the replies."""
        session = self.client.session
        frames = session.serialize(session.msg("kernel_info_request", {}))
        for _ in range(2):
            self.client.shell_channel.socket.send_multipart(frames)
        session.send(self.client.shell_channel.socket, "connect_request", {})
        return [self.client.get_shell_msg(timeout=5)["msg_type"] for _ in range(2)]

    def connection(self):
        """What the connection file says."""
        info = self.client.get_connection_info()
        return {name: value.decode() if isinstance(value, bytes) else value for name, value in info.items()}

    def greet_unencrypted(self):
        """Whether a client without the public key gets through its greeting with the shell socket."""
        info = self.client.get_connection_info()
        socket = zmq.Context.instance().socket(zmq.DEALER)
        socket.linger = 0
        monitor = socket.get_monitor_socket()
        socket.connect(f"tcp://{info['ip']}:{info['shell_port']}")
        try:
            while monitor.poll(5000):
                event = recv_monitor_message(monitor)["event"]
                if event == zmq.EVENT_HANDSHAKE_SUCCEEDED:
                    return "accepted"
                if event in (zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL, zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL, zmq.EVENT_DISCONNECTED):
                    return "refused"
            return "no answer"
        finally:
            socket.disable_monitor()
            socket.close()

    def garbage(self):
        """Sends what is no message."""
        for frames in ([b"x"], [b"<IDS|MSG>"], [b"<IDS|MSG>", b"", b"{", b"{}", b"{}", b"{}"], [b""] * 300):
            for channel in (self.client.shell_channel, self.client.control_channel):
                channel.socket.send_multipart(frames)

    def collect_shutdown(self, restart):
        """Asks the kernel to end; its reply."""
        message = self.client.session.msg("shutdown_request", {"restart": restart})
        self.client.control_channel.send(message)
        return {"reply": checked(self.client.get_control_msg(timeout=5), message["header"]["msg_id"])}

    def exit_code(self, seconds=5):
        """Waits until the process has ended."""
        deadline = time.monotonic() + seconds
        process = self.manager.provisioner.process
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        return process.poll()

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        return None


def checked(message, parent=None):
    """The parts of a message that tests look at."""
    kind = message["msg_type"]
    result = {"type": kind, "parent": message["parent_header"].get("msg_id"), "content": message["content"]}
    try:
        validate_message(message, kind, parent if result["parent"] == parent else None)
    except Exception as error:
        result["invalid"] = str(error)[:500]
    return result


def is_idle_of(message, id):
    return (
        message["parent"] == id
        and message["type"] == "status"
        and message["content"]["execution_state"] == "idle"
    )


# Kernels inherit standard output; what they write there must not mix with the answers.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

client = Client(sys.argv[1])
for line in sys.stdin:
    command = json.loads(line)
    try:
        answer = {"value": getattr(client, command["call"])(**command["args"])}
    except Exception as error:
        answer = {"error": repr(error)}
    print(json.dumps(answer, default=str), file=answers, flush=True)
