/**
 * Where a worker in another process notes each task that it begins, so that the engine knows which one ran when that
 * process was killed. A message could not say it: it would be lost with the process. The journal is one record of an
 * open file without a name, which the system drops with its last user. Noting costs a microsecond a task.
 * @module
 */
import { randomUUID } from "node:crypto";
import { closeSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Begun, WorkerControl } from "./worker-control.js";

/** ticket and time of the task begun last, as float64 */
const RECORD_BYTES = 16;

/** The engine's end. */
export class BegunJournal {
  /** for the stdio of the child process */
  readonly descriptor: number;
  private readonly records = [new Float64Array(2), new Float64Array(2)] as const;
  private isClosed = false;

  /** @throws the error of the file system if there is no place for temporary files */
  constructor() {
    const path = join(tmpdir(), `dagbook-${randomUUID()}`);
    this.descriptor = openSync(path, "wx+", 0o600);
    unlinkSync(path);
  }

  /** The task begun last, ticket 0 before the first; undefined in the rare moment when it changes. */
  read(): Omit<Begun, "fraction"> | undefined {
    if (this.isClosed) return undefined;
    for (const record of this.records) {
      record.fill(0);
      readSync(this.descriptor, new Uint8Array(record.buffer), 0, RECORD_BYTES, 0);
    }
    const [[ticket, since], [ticketAfter, sinceAfter]] = this.records;
    return ticket === ticketAfter && since === sinceAfter ? { ticket, since } : undefined;
  }

  close(): void {
    if (!this.isClosed) closeSync(this.descriptor);
    this.isClosed = true;
  }
}

/** The worker's end: a `WorkerControl` that also writes the journal. */
export class JournaledControl extends WorkerControl {
  private readonly descriptor: number;
  private readonly record = new Float64Array(2);
  private readonly bytes = new Uint8Array(this.record.buffer);

  /** @param descriptor of the journal in this process */
  constructor(buffer: SharedArrayBuffer, descriptor: number) {
    super(buffer);
    this.descriptor = descriptor;
  }

  override begin(ticket: number, since: number): boolean {
    const mayRun = super.begin(ticket, since);
    if (!mayRun) return false;
    this.record[0] = ticket;
    this.record[1] = since;
    writeSync(this.descriptor, this.bytes, 0, RECORD_BYTES, 0);
    return true;
  }
}
