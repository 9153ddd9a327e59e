/** One option of a command; `value` names what follows it, without one it is a switch. */
export interface Option {
  readonly value?: string;
  readonly short?: string;
  readonly help: string;
}

/** One command of the command line. */
export interface Command {
  readonly summary: string;
  readonly help: string;
  readonly options: Readonly<Record<string, Option>>;
}

const places = {
  user: { help: "your home directory (the default)" },
  "sys-prefix": { help: "the active Python environment (venv or conda)" },
  prefix: { value: "DIR", help: "the folder of an installation of Jupyter, such as a venv" },
};

/** What `dagbook` can do. */
export const commands = {
  kernel: {
    summary: "run a kernel; Jupyter calls this",
    help: `Runs one kernel until Jupyter ends it. The files it takes are connection files of Jupyter.
The options of tslab's own kernel (--config-path, --js) are taken too, so its kernelspec can point here.`,
    options: {
      "connection-file": { value: "FILE", short: "f", help: "the connection file that Jupyter wrote" },
      "config-path": { value: "FILE", help: "the same, under tslab's name" },
      engine: { value: "NAME", help: "who runs the cells: dagbook (the default) or tslab" },
      js: { help: "the notebook is written in JavaScript: says so to Jupyter, and no types are checked" },
      "python-prefix": { value: "DIR", help: "the Python that runs Jupyter: its NumPy may bring a fast BLAS" },
    },
  },
  install: {
    summary: "make Jupyter know the kernel and the live view",
    help: `Writes a kernelspec and the JupyterLab extension where Jupyter looks for them. The kernelspec names this
copy of dagbook and this Node: run it again after either has moved.`,
    options: {
      ...places,
      engine: {
        value: "NAME",
        help: "the kernel to install: dagbook (the default), tslab (cells run in tslab's engine) or all",
      },
    },
  },
  uninstall: {
    summary: "take away what install made",
    help: "Removes the kernelspecs and the extension that install wrote to the same place, and nothing else.",
    options: { ...places, engine: { value: "NAME", help: "tslab: only its kernelspec; the default is all" } },
  },
  doctor: {
    summary: "look for what is missing on this machine, and say the cure",
    help: `Looks at everything a notebook needs, in the order in which Jupyter would find it, and starts a kernel.
Ends with exit code 1 if something is broken.`,
    options: places,
  },
} as const satisfies Record<string, Command>;

/** Name of a command. */
export type CommandName = keyof typeof commands;

/** What `dagbook --help` prints. */
export function helpOfAll(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(11)}${summary}`);
  return `Usage: dagbook <command> [options]\n\n${lines.join("\n")}

  --version  the version of dagbook
  --help     this; dagbook <command> --help tells the options of a command`;
}

/** What `dagbook <command> --help` prints. */
export function helpOf(name: CommandName): string {
  const command: Command = commands[name];
  const options = Object.entries(command.options).map(([long, { value, short, help }]) => {
    const flag = `${short === undefined ? "" : `-${short}, `}--${long}${value === undefined ? "" : ` ${value}`}`;
    return `  ${flag.padEnd(30)}${help}`;
  });
  return `Usage: dagbook ${name} [options]\n\n${command.help}\n\n${options.join("\n")}`;
}
