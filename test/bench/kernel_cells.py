"""The same cells for every kernel of the bench."""

TYPESCRIPT = {
    "trivial": "1 + 1",
    "small": "const row{n} = [{n}, 8].map((x) => x * 2); row{n}[0]",
    "lines": "for (let i = 0; i < {n}; i++) console.log(i)",
    "loop": "let total = 0; for (let i = 0; i < {n}; i++) total += i; total",
    "forever": "while (true) {{}}",
    "list": "const list = [1, 2, 3]",
    "completion": "list.slic",
    "completed": "slice",
    "inspection": "list.slice",
    # 333 if names of earlier cells are still there
    "kept": "list.length * 111",
    "show": 'display({{ "text/plain": "x".repeat({n}) }}, {{ raw: true }})',
}

CELLS = {
    "dagbook": {**TYPESCRIPT, "untyped": "%types off", "typed": "%types warn"},
    "ipykernel": {
        "trivial": "1 + 1",
        "small": "row{n} = [x * 2 for x in ({n}, 8)]; row{n}[0]",
        "lines": "for i in range({n}): print(i)",
        "loop": "total = 0\nfor i in range({n}): total += i\ntotal",
        "forever": "while True: pass",
        "list": "numbers = [1, 2, 3]",
        "completion": "numbers.appen",
        "completed": "append",
        "inspection": "numbers.append",
        "kept": "len(numbers) * 111",
        "show": 'from IPython.display import display\ndisplay({{"text/plain": "x" * {n}}}, raw=True)',
    },
    "tslab": {**TYPESCRIPT, "show": 'import {{ display }} from "tslab"; display.text("x".repeat({n}))'},
    "deno": {
        **TYPESCRIPT,
        "show": 'await Deno.jupyter.display({{ "text/plain": "x".repeat({n}) }}, {{ raw: true }})',
    },
}


def cell(kernel, name, n=0):
    """Code of a cell, or None if the kernel has no such cell."""
    code = CELLS[kernel].get(name)
    return code and code.format(n=n)
