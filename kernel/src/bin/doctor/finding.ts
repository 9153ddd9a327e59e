/** One thing that was looked at. */
export interface Finding {
  /** "FAIL": notebooks do not work as they should; "warn": they do, but something else is odd */
  readonly level: "ok" | "warn" | "FAIL";
  /** what was found; with the cure, unless it is ok */
  readonly text: string;
}

export function fine(text: string): Finding {
  return { level: "ok", text };
}

/** @param cure what to do: a command, or a sentence */
export function odd(text: string, cure: string): Finding {
  return { level: "warn", text: `${text}: ${cure}` };
}

/** @param cure what to do: a command, or a sentence */
export function broken(text: string, cure: string): Finding {
  return { level: "FAIL", text: `${text}: ${cure}` };
}
