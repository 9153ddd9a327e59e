"""A second implementation of the kernel's side of a run: display data and the comm `dagbook.run`.

It shares no code with the kernel, so browser tests of the view can ask for what a real run does not give
on demand: hostile labels, a lost message, a run that the kernel has forgotten. Runs in ipykernel.
"""

import threading
import time

from IPython import get_ipython
from IPython.display import display

MIME = "application/vnd.dagbook.run.v1+json"
WAITING, QUEUED, PROCESSING, MEMORY, RELEASED, ERRED, CANCELLED = range(7)
TICK = 0.05
RUNS = {}

# name, number of tasks, seconds of one task, for task i: groups and tasks it needs
SMALL = [
    ("read", 4, 0.8, lambda i: []),
    ("clean", 4, 1.0, lambda i: [("read", i)]),
    ("fit", 2, 0.9, lambda i: [("clean", 2 * i), ("clean", 2 * i + 1)]),
    ("merge", 1, 0.5, lambda i: [("fit", 0), ("fit", 1)]),
    ("plot", 1, 0.4, lambda i: [("merge", 0)]),
    ("save", 1, 0.3, lambda i: [("merge", 0)]),
]
OVERVIEW = [
    ("load_a", 64, 0.06, lambda i: []),
    ("load_b", 64, 0.06, lambda i: []),
    ("multiply", 512, 0.08, lambda i: [("load_a", i // 64 * 8 + i % 8), ("load_b", i % 64)]),
    ("sum_block", 64, 0.05, lambda i: [("multiply", i * 8 + k) for k in range(8)]),
    ("row_norm", 8, 0.09, lambda i: [("sum_block", i * 8 + k) for k in range(8)]),
    ("total", 1, 0.1, lambda i: [("row_norm", k) for k in range(8)]),
    ("describe", 64, 0.07, lambda i: [("load_a", i)]),
    ("report", 1, 0.1, lambda i: [("describe", k) for k in range(64)]),
]


class Run:
    def __init__(self, name, title, groups, workers, fail=(), drop=()):
        self.id, self.title, self.workers, self.fail, self.drop = name, title, workers, set(fail), set(drop)
        self.names = [group[0] for group in groups]
        self.group, self.key, self.seconds = [], [], []
        for index, (label, n, seconds, _) in enumerate(groups):
            self.group += [index] * n
            self.key += [f"{label} {i}" if n > 1 else label for i in range(n)]
            self.seconds += [seconds] * n
        first = {group[0]: sum(g[1] for g in groups[:index]) for index, group in enumerate(groups)}
        self.needs = [[first[name] + j for name, j in group[3](i)] for group in groups for i in range(group[1])]
        self.n, self.slots = len(self.key), workers
        self.state, self.fraction = [WAITING] * self.n, [0] * self.n
        self.start, self.end, self.worker = [-1] * self.n, [-1] * self.n, [-1] * self.n
        self.seq, self.status, self.errors, self.comms, self.stop = 0, "running", [], {}, False
        self.lock, self.t0, self.memory, self.handle = threading.Lock(), time.time() * 1000, ([], []), None
        RUNS[name] = self

    def now(self):
        return round(time.time() * 1000 - self.t0, 1)

    def bundle(self):
        groups = []
        for index, name in enumerate(self.names):
            tasks = [i for i in range(self.n) if self.group[i] == index]
            edges = {}
            for i in tasks:
                for j in self.needs[i]:
                    edges[self.group[j]] = edges.get(self.group[j], 0) + 1
            counts = [sum(self.state[i] == code for i in tasks) for code in range(7)]
            ms = sum(self.end[i] - self.start[i] for i in tasks if self.end[i] >= 0)
            groups.append({"name": name, "n": len(tasks), "counts": counts, "ms": ms, "dependencies": [list(e) for e in edges.items()]})
        offsets = [0]
        for needs in self.needs:
            offsets.append(offsets[-1] + len(needs))
        tasks = {
            "key": self.key, "group": self.group, "state": list(self.state), "start": list(self.start), "end": list(self.end),
            "worker": list(self.worker), "fraction": list(self.fraction), "dependencyStart": offsets,
            "dependencies": [j for needs in self.needs for j in needs],
        }
        ended = None if self.status == "running" else self.now()
        memory = {"t": list(self.memory[0]), "bytes": list(self.memory[1])}
        return {
            "v": 1, "run": self.id, "seq": self.seq, "title": self.title, "state": self.status, "t0": self.t0, "t1": ended,
            "now": self.now(), "workers": self.workers, "n": self.n, "groups": groups, "tasks": tasks,
            "errors": list(self.errors), "peak": max(self.memory[1], default=0), "memory": memory,
        }

    def mime(self):
        return {MIME: self.bundle(), "text/plain": f"{self.title}: {self.status}"}

    def send(self, message):
        for comm in list(self.comms.values()):
            comm.send(message)

    def step(self):
        """Advances by the wall clock and returns what changed: tasks, then fractions."""
        now, changed, fractions = self.now(), set(), []
        busy = {self.worker[i] for i in range(self.n) if self.state[i] == PROCESSING}
        for i in range(self.n):
            if self.state[i] == PROCESSING:
                share = (now - self.start[i]) / 1000 / self.seconds[i]
                if share < 1:
                    self.fraction[i] = round(share, 3)
                    fractions.append(i)
                    continue
                self.end[i], self.fraction[i] = now, 1
                busy.discard(self.worker[i])
                self.state[i] = ERRED if i in self.fail else MEMORY
                if i in self.fail:
                    error = {"task": i, "key": self.key[i], "name": "RangeError", "message": f"no data in {self.key[i]}", "stack": f"RangeError: no data\n    at {self.key[i]} (cell:3:9)"}
                    self.errors.append(error)
                changed.add(i)
        for i in range(self.n):
            if self.state[i] in (WAITING, QUEUED) and all(self.state[j] == MEMORY for j in self.needs[i]):
                free = [w for w in range(self.slots) if w not in busy]
                after = PROCESSING if free else QUEUED
                if after != self.state[i]:
                    changed.add(i)
                if free:
                    self.start[i], self.worker[i] = now, free[0] % self.workers
                    busy.add(free[0])
                self.state[i] = after
        self.memory[0].append(now)
        self.memory[1].append(8_000_000 * sum(s == MEMORY for s in self.state))
        return sorted(changed), fractions

    def go(self):
        while True:
            time.sleep(TICK)
            with self.lock:
                errors = len(self.errors)
                changed, fractions = self.step()
                self.seq += 1
                pick = lambda column: [column[i] for i in changed]
                delta = {
                    "kind": "delta", "run": self.id, "seq": self.seq, "now": self.now(), "i": changed, "s": pick(self.state),
                    "a": pick(self.start), "b": pick(self.end), "w": pick(self.worker), "pi": fractions,
                    "pf": [self.fraction[i] for i in fractions], "errors": self.errors[errors:],
                    "memory": {"t": self.memory[0][-1:], "bytes": self.memory[1][-1:]},
                }
                if self.seq not in self.drop:
                    self.send(delta)
                if self.stop or not any(state == PROCESSING for state in self.state):
                    self.finish()
                    return

    def finish(self):
        if self.stop:
            self.state = [CANCELLED if state < MEMORY else state for state in self.state]
        self.status = "cancelled" if self.stop else "erred" if self.errors else "finished"
        self.seq += 1
        self.send({"kind": "end", "run": self.id, "bundle": self.bundle()})
        if self.handle:
            self.handle.display(self.mime(), raw=True)


def on_open(comm, _open):
    @comm.on_msg
    def _(msg):
        data = msg["content"]["data"]
        run = RUNS.get(data["run"])
        if run is None:
            comm.send({"kind": "unknown", "run": data["run"]})
            return
        with run.lock:
            if data["kind"] in ("subscribe", "snapshot"):
                if data["kind"] == "subscribe":
                    run.comms[comm.comm_id] = comm
                answer = {"run": run.id, "bundle": run.bundle()}
                if run.status == "running":
                    comm.send({"kind": "snapshot", **answer})
                else:
                    comm.send({"kind": "end", **answer, "display": {"text/plain": f"{run.title} by the kernel"}})
            elif data["kind"] == "unsubscribe":
                run.comms.pop(comm.comm_id, None)
            elif data["kind"] == "cancel":
                run.stop = True


def start(name, title, groups=SMALL, workers=4, fail=(), drop=()):
    """Shows a run in the cell's output and lets it go in a thread, so that the cell ends at once."""
    run = Run(name, title, groups, workers, fail, drop)
    run.handle = display(run.mime(), raw=True, display_id=f"dagbook-{name}")
    threading.Thread(target=run.go, daemon=True).start()


def hurry(name):
    """Lets what is left of a run take no time, so that tests need not wait for it. Its final output
    would go to the cell that calls this, so it is left out, as it is lost on a page that was reloaded."""
    run = RUNS[name]
    run.seconds, run.slots, run.handle = [0.001] * run.n, run.n, None


# 4,000 tasks in four functions
WALL = [
    ("load", 1000, 1, lambda i: []),
    ("clean", 1000, 1, lambda i: [("load", i)]),
    ("join", 1990, 1, lambda i: [("clean", i % 1000)]),
    ("sum", 10, 1, lambda i: [("join", i * 199 + k) for k in range(199)]),
]


# 40 functions of three tasks, five deep
MANY = [
    (f"function_{f}", 3, 0.02, lambda i, f=f: [(f"function_{f - 8}", i)] if f >= 8 else [])
    for f in range(40)
]


def flood(name, title, groups=WALL, workers=32, events=500, seconds=5):
    """Sends `events` changes of single tasks 20 times a second: every task is queued, runs and ends, over and over."""
    run = Run(name, title, groups, workers)
    run.handle = display(run.mime(), raw=True, display_id=f"dagbook-{name}")

    def go():
        while not run.comms:
            time.sleep(TICK)
        k = 0
        for tick in range(int(seconds / TICK)):
            with run.lock:
                now, changed = run.now(), []
                for _ in range(events):
                    i, code = k % run.n, (QUEUED, PROCESSING, MEMORY)[k // run.n % 3]
                    run.state[i] = code
                    if code == PROCESSING:
                        run.start[i], run.end[i], run.worker[i] = now, -1, i % workers
                    elif code == MEMORY:
                        run.end[i] = now
                    changed.append(i)
                    k += 1
                run.seq += 1
                pick = lambda column: [column[i] for i in changed]
                run.send({
                    "kind": "delta", "run": run.id, "seq": run.seq, "now": now, "i": changed, "s": pick(run.state),
                    "a": pick(run.start), "b": pick(run.end), "w": pick(run.worker), "pi": [], "pf": [], "errors": [],
                    "memory": {"t": [now], "bytes": [8_000_000 * (k % run.n)]},
                })
            time.sleep(max(0, run.t0 / 1000 + (tick + 1) * TICK - time.time()))
        with run.lock:
            run.finish()

    threading.Thread(target=go, daemon=True).start()


def planned(name, title, groups=SMALL):
    run = Run(name, title, groups, 0)
    run.status = "planned"
    display(run.mime(), raw=True)


get_ipython().kernel.comm_manager.register_target("dagbook.run", on_open)
