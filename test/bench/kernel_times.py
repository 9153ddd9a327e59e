"""Times kernels under jupyter_client, in turns: start until the kernel_info_reply, and a trivial cell.

Prints {kernel: {"start": [seconds], "cell": [milliseconds]}}.
"""

import json
import os
import sys
import time

from jupyter_client.manager import KernelManager

TIMEOUT = 30
kernels = sys.argv[1].split(",")
starts, cells = int(sys.argv[2]), int(sys.argv[3])


def start(name):
    begin = time.perf_counter()
    manager = KernelManager(kernel_name=name)
    manager.start_kernel(stdout=devnull, stderr=devnull)
    client = manager.client()
    client.start_channels()
    client.kernel_info()
    client.get_shell_msg(timeout=TIMEOUT)
    return manager, client, time.perf_counter() - begin


def stop(manager, client):
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def run_cell(client):
    """Milliseconds until the reply and the idle of a cell are here."""
    begin = time.perf_counter()
    id = client.execute("1 + 1")
    while client.get_shell_msg(timeout=TIMEOUT)["parent_header"].get("msg_id") != id:
        pass
    while True:
        message = client.get_iopub_msg(timeout=TIMEOUT)
        if message["parent_header"].get("msg_id") != id or message["msg_type"] != "status":
            continue
        if message["content"]["execution_state"] == "idle":
            return (time.perf_counter() - begin) * 1000


devnull = os.open(os.devnull, os.O_RDWR)
times = {name: {"start": [], "cell": []} for name in kernels}
for _ in range(starts):
    for name in kernels:
        manager, client, seconds = start(name)
        times[name]["start"].append(seconds)
        stop(manager, client)

running = {name: start(name) for name in kernels}
try:
    for _, client, _ in running.values():
        client.wait_for_ready(timeout=TIMEOUT)
        for _ in range(20):
            run_cell(client)
    for _ in range(cells):
        for name, (_, client, _) in running.items():
            times[name]["cell"].append(run_cell(client))
finally:
    for manager, client, _ in running.values():
        stop(manager, client)
print(json.dumps(times))
