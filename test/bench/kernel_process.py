"""One kernel under jupyter_client: its requests with the time of every answer, its memory, its certain end."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass, field

import psutil
import zmq
from jupyter_client.manager import KernelManager

START_S = 30
REQUEST_S = 60
# A kernel that has replied and then says nothing for so long has lost what is still missing.
QUIET_S = 3
MB = 1e6


class Failure(Exception):
    """What a kernel did instead of what was measured, in the words of the table."""


@dataclass
class Answers:
    """What came back for a request; times in ms since it was sent, None for what never came."""

    reply: float | None = None
    idle: float | None = None
    content: dict = field(default_factory=dict)
    # (ms, content) of everything on iopub but status and execute_input
    outputs: list = field(default_factory=list)
    # length of `text()`
    characters: int = 0

    def text(self):
        """Everything that was printed, shown or returned as plain text."""
        return "".join(plain_text(content) for _, content in self.outputs)


def plain_text(content):
    return content.get("text") or content.get("data", {}).get("text/plain", "")


class Kernel:
    """A kernel that runs from the constructor until `stop`."""

    def __init__(self, spec):
        self.manager = KernelManager(kernel_name=spec)
        begin = time.perf_counter()
        self.manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # jupyter_client starts every kernel in a session of its own: the id of its process names its group too.
        self.pid = self.manager.provisioner.pid
        self.client = self.manager.client()
        self.client.start_channels()
        try:
            self.request(lambda: self.client.kernel_info(), limit=START_S, until_idle=False)
            self.start_s = time.perf_counter() - begin
            # The first subscription may come after the first messages: from here on nothing is missed.
            self.client.wait_for_ready(timeout=START_S)
        except BaseException:
            self.stop()
            raise

    def execute(self, code, is_whole=lambda answers: True, limit=REQUEST_S):
        """Runs a cell until its reply, its idle and all its output are here, or will not come any more."""
        return self.request(lambda: self.client.execute(code), is_whole, limit)

    def request(self, send, is_whole=lambda answers: True, limit=REQUEST_S, until_idle=True):
        """Sends a request and reads what belongs to it.

        Raises Failure if no reply comes, or if the kernel ends.
        """
        answers = Answers()
        begin = last = time.perf_counter()
        id = send()
        while not (answers.reply and (answers.idle or not until_idle) and is_whole(answers)):
            now = time.perf_counter()
            if answers.reply and now - last > QUIET_S:
                break
            if now - begin > limit:
                raise Failure(f"no reply in {limit} s")
            for channel in self._ready(100):
                # The clock is read before the message is: reading it is not the kernel's time.
                last = time.perf_counter()
                try:
                    message = channel.get_msg(timeout=0)
                except ValueError as error:
                    # jupyter_client refuses a message with a wrong signature.
                    raise Failure(f"a message that cannot be read: {error}") from error
                self._take(answers, message, id, (last - begin) * 1000)
            if last < now and not self.manager.is_alive():
                raise Failure("kernel died")
        return answers

    def _ready(self, timeout_ms):
        poller = zmq.Poller()
        channels = {channel.socket: channel for channel in (self.client.shell_channel, self.client.iopub_channel)}
        for socket in channels:
            poller.register(socket, zmq.POLLIN)
        return [channels[socket] for socket, _ in poller.poll(timeout_ms)]

    @staticmethod
    def _take(answers, message, id, ms):
        if message["parent_header"].get("msg_id") != id:
            return
        kind, content = message["msg_type"], message["content"]
        if kind.endswith("_reply"):
            answers.reply, answers.content = ms, content
        elif kind == "status":
            if content["execution_state"] == "idle":
                answers.idle = ms
        elif kind != "execute_input":
            answers.outputs.append((ms, content))
            answers.characters += len(plain_text(content))

    def interrupt(self):
        """Asks the kernel to stop its cell, in the way that its kernelspec says."""
        self.manager.interrupt_kernel()

    def memory(self):
        """(RSS, PSS) in MB of the kernel's process and all below it; PSS is None where the system has none.

        RSS counts a page for every process that maps it; PSS counts its share, so it falls when other programs,
        say other kernels on Node, run at the same time.
        """
        infos = [process.memory_full_info() for process in self._tree()]
        shares = [getattr(info, "pss", None) for info in infos]
        return sum(info.rss for info in infos) / MB, None if None in shares else sum(shares) / MB

    def _tree(self):
        kernel = psutil.Process(self.pid)
        return [kernel, *kernel.children(recursive=True)]

    def stop(self):
        """Ends the kernel and everything it started: nothing here is left to its good will."""
        self.client.stop_channels()
        try:
            tree = self._tree()
        except psutil.NoSuchProcess:
            tree = []
        self.manager.shutdown_kernel(now=True)
        for process in tree:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                pass
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
