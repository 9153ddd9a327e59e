"""Types into `jupyter console` as a person would; prints what came back for each line as JSON.

console_session.py KERNEL: reads [[text to type, pattern to wait for], ...] as JSON from stdin.
"""

import json
import sys

import pexpect

SECONDS = 30

steps = json.load(sys.stdin)
console = pexpect.spawn(
    sys.executable,
    ["-m", "jupyter_console", "--kernel", sys.argv[1], "--simple-prompt", "--no-confirm-exit", "--ZMQTerminalInteractiveShell.kernel_timeout=60"],
    encoding="utf8",
    echo=False,
    dimensions=(40, 200),
    timeout=SECONDS,
)
seen = []
try:
    console.expect(r"In \[1\]: ")
    for text, pattern in steps:
        if text == "^C":
            console.sendintr()
        else:
            console.sendline(text)
        console.expect(pattern)
        seen.append(console.before + console.after)
finally:
    console.sendeof()
    try:
        console.expect(pexpect.EOF, timeout=10)
    except pexpect.TIMEOUT:
        seen.append("the console did not end")
    console.close(force=True)
    print(json.dumps(seen))
