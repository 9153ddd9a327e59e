/**
 * Kept results among the inputs of the tasks of one run.
 * @module
 */
import { ArgKind, type PackedGraph } from "../graph/packed.js";
import type { KeptValue } from "./kept-results.js";
import type { Ledger } from "./ledger.js";
import type { StoredResult } from "./stored-result.js";

const none: readonly never[] = [];

/** Finds which tasks use which stored results; empty, and at no cost, for a run without kept results. */
export class KeptInputs {
  private readonly inputs = new Map<number, StoredResult[]>();
  private readonly users = new Map<StoredResult, number[]>();
  private readonly counted = new Set<StoredResult>();

  constructor(graph: PackedGraph, kept: readonly KeptValue[]) {
    if (!kept.some(({ stored }) => stored !== undefined)) return;
    const { size, stepStart, argStart, args } = graph;
    for (let task = 0; task < size; task++) {
      for (let i = argStart[stepStart[task]]; i < argStart[stepStart[task + 1]]; i++) {
        const stored = (args[i] & 3) === ArgKind.kept ? kept[args[i] >> 2].stored : undefined;
        if (stored !== undefined) this.add(task, stored);
      }
    }
  }

  get isEmpty(): boolean {
    return this.users.size === 0;
  }

  inputsOf(task: number): readonly StoredResult[] {
    return this.inputs.get(task) ?? none;
  }

  usersOf(stored: StoredResult): readonly number[] {
    return this.users.get(stored) ?? none;
  }

  /** A kept result that the run brought to memory counts as its own until it ends; others are left as they are. */
  countFor(stored: StoredResult, ledger: Ledger): void {
    if (!this.users.has(stored)) return;
    stored.moveTo(ledger);
    this.counted.add(stored);
  }

  /** Gives back to `ledger` what the run has counted. */
  leave(ledger: Ledger): void {
    for (const stored of this.counted) stored.moveTo(ledger);
    this.counted.clear();
  }

  private add(task: number, stored: StoredResult): void {
    const inputs = this.inputs.get(task) ?? [];
    this.inputs.set(task, inputs);
    if (inputs.includes(stored)) return;
    inputs.push(stored);
    const users = this.users.get(stored) ?? [];
    this.users.set(stored, users);
    users.push(task);
  }
}
