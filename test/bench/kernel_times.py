"""Measures kernels in turns and prints {measure: {kernel: [values] or words}} as JSON.

The argument is {"kernels": {name: kernelspec}, "counts": {...}}. A kernel that fails a measure gets words instead
of values, whatever the other rounds gave, and a new process for the next one.
"""

import json
import signal
import sys
import time

from kernel_cells import cell
from kernel_process import Failure, Kernel

# A loop that was told to stop has run for so long by then.
RUNNING_S = 0.3
INTERRUPT_S = 5
PAUSE_S = 0.1
MEMORY_CELLS = 20
WARM_UP_CELLS = 20


def run(kernel, name, code, result=""):
    """Runs a cell until its result is here too: some kernels send it after the idle."""
    answers = kernel.execute(code, lambda answers: not result or result in answers.text())
    if answers.content.get("status") != "ok":
        raise Failure(f"{name}: {answers.content.get('ename') or 'error'}")
    if result not in answers.text():
        raise Failure("result lost")
    return answers


def start(name, spec, counts):
    kernel = Kernel(spec)
    try:
        first = run(kernel, name, cell(name, "trivial"))
        return {"start": [kernel.start_s], "first": [first.reply]}
    finally:
        kernel.stop()


def memory(name, spec, counts):
    """Memory before and after the first completion: some kernels load what knows types only then.

    Both are read after a rest: V8 gives memory back when it has been idle for some 10 s.
    """
    kernel = Kernel(spec)
    try:
        if cell(name, "untyped"):
            run(kernel, name, cell(name, "untyped"))
        rss, pss = memory_after_cells(kernel, name, 0, counts)
        if cell(name, "typed"):
            run(kernel, name, cell(name, "typed"))
        run(kernel, name, cell(name, "list"))
        complete_or_not(name, kernel)
        typed_rss, typed_pss = memory_after_cells(kernel, name, MEMORY_CELLS, counts)
        return {"rss": [rss], "typed_rss": [typed_rss], "pss": [pss], "typed_pss": [typed_pss]}
    finally:
        kernel.stop()


def memory_after_cells(kernel, name, first, counts):
    for n in range(first, first + MEMORY_CELLS):
        run(kernel, name, cell(name, "small", n))
    time.sleep(counts["rest"])
    return kernel.memory()


def in_a_row(name, kernel, counts):
    """Trivial cells one after the other, as when a whole notebook runs."""
    times = [trivial(name, kernel) for _ in range(counts["block"])]
    return {"reply": [reply for reply, _ in times], "whole": [whole for _, whole in times]}


def after_pause(name, kernel, counts):
    """A trivial cell as a person runs it: the processor has done other things since the last one."""
    time.sleep(PAUSE_S)
    reply, _ = trivial(name, kernel)
    return {"paused": [reply]}


def trivial(name, kernel):
    """(ms until the reply, ms until the reply, the result and the idle) of a cell."""
    answers = run(kernel, name, cell(name, "trivial"), "2")
    if answers.idle is None:
        raise Failure("no idle")
    return answers.reply, max(answers.reply, answers.idle, answers.outputs[-1][0])


def complete(name, kernel, counts=None):
    code = cell(name, "completion")
    answers = kernel.request(lambda: kernel.client.complete(code, len(code)))
    if not any(match.endswith(cell(name, "completed")) for match in answers.content.get("matches", [])):
        raise Failure("not found")
    return {"complete": [answers.reply]}


def inspect(name, kernel, counts):
    code = cell(name, "inspection")
    answers = kernel.request(lambda: kernel.client.inspect(code, len(code)))
    if not answers.content.get("found"):
        raise Failure("not found")
    return {"inspect": [answers.reply]}


def lines(name, kernel, counts):
    """Seconds until the last line and the idle that follows it are here."""
    count = counts["lines"]
    whole = "".join(f"{i}\n" for i in range(count))
    answers = kernel.execute(cell(name, "lines", count), lambda answers: answers.characters >= len(whole))
    printed = answers.text()
    if printed != whole:
        lost = count - len(set(printed.split()) & set(whole.split()))
        raise Failure(f"lost {lost:,} of {count:,}" if lost else "out of order")
    if answers.idle is None:
        raise Failure("no idle")
    late = sum(content.get("text", "").count("\n") for ms, content in answers.outputs if ms > answers.idle)
    if late:
        raise Failure(f"idle before {late:,} of {count:,} ({answers.outputs[-1][0] / 1000:.1f} s)")
    return {"lines": [max(answers.idle, answers.reply) / 1000]}


def loop(name, kernel, counts):
    count = counts["loop"]
    answers = run(kernel, name, cell(name, "loop", count), str(count * (count - 1) // 2))
    return {"loop": [answers.reply]}


def show(name, kernel, counts):
    """Milliseconds until all of a big output, the reply and the idle are here."""
    size = counts["show"]
    answers = kernel.execute(cell(name, "show", size), lambda answers: answers.characters >= size)
    if "x" * size not in answers.text():
        raise Failure(f"{len(answers.text()):,} of {size:,} characters")
    return {"show": [max(answers.reply, answers.idle or 0, answers.outputs[-1][0])]}


def interrupt(name, kernel, counts):
    """Milliseconds from the interrupt of an endless loop to its reply; names of earlier cells must survive."""
    asked = 0

    def send():
        nonlocal asked
        id = kernel.client.execute(cell(name, "forever"))
        time.sleep(RUNNING_S)
        asked = time.perf_counter()
        kernel.interrupt()
        return id

    begin = time.perf_counter()
    answers = kernel.request(send, limit=INTERRUPT_S)
    # tslab refuses cells for a while after an error.
    time.sleep(RUNNING_S)
    run(kernel, name, cell(name, "kept"), "333")
    return {"interrupt": [answers.reply - (asked - begin) * 1000]}


# measure, count of its rounds, what it gives
FRESH = [
    (start, "starts", ["start", "first"]),
    (memory, "memory", ["rss", "pss", "typed_rss", "typed_pss"]),
]
LIVE = [
    (in_a_row, "blocks", ["reply", "whole"]),
    (after_pause, "pauses", ["paused"]),
    (complete, "requests", ["complete"]),
    (inspect, "requests", ["inspect"]),
    (loop, "heavy", ["loop"]),
    (show, "heavy", ["show"]),
    (lines, "heavy", ["lines"]),
    (interrupt, "heavy", ["interrupt"]),
]


class Bench:
    """Runs measures in turns: a round of each kernel, then the next round."""

    def __init__(self, specs, counts):
        self.specs = specs
        self.counts = counts
        self.live = {}
        self.results = {}

    def run(self):
        for measure, rounds, keys in FRESH:
            self.in_turns(measure, rounds, keys, lambda name: self.specs[name])
        for measure, rounds, keys in LIVE:
            self.in_turns(measure, rounds, keys, self.kernel)
        return self.results

    def in_turns(self, measure, rounds, keys, subject):
        values = {key: {name: [] for name in self.specs} for key in keys}
        failed = {}
        for _ in range(self.counts[rounds]):
            for name in [name for name in self.specs if name not in failed]:
                try:
                    for key, more in measure(name, subject(name), self.counts).items():
                        values[key][name].extend(more)
                except Failure as failure:
                    failed[name] = str(failure)
                    self.stop(name)
        for key in keys:
            self.results[key] = values[key] | failed

    def kernel(self, name):
        """The running kernel of that name, warm; a new one if the one before failed."""
        if name not in self.live:
            self.live[name] = kernel = Kernel(self.specs[name])
            run(kernel, name, cell(name, "list"))
            for _ in range(WARM_UP_CELLS):
                run(kernel, name, cell(name, "trivial"))
            complete_or_not(name, kernel)
        return self.live[name]

    def stop(self, name):
        if name in self.live:
            self.live.pop(name).stop()

    def close(self):
        for name in list(self.live):
            self.stop(name)


def complete_or_not(name, kernel):
    """Loads what knows types before the clock runs; whether it answers is another measure."""
    try:
        complete(name, kernel)
    except Failure:
        pass


def main():
    # Without this, an ended bench would leave its kernels running.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    request = json.loads(sys.argv[1])
    bench = Bench(request["kernels"], request["counts"])
    try:
        print(json.dumps(bench.run()))
    finally:
        bench.close()


main()
