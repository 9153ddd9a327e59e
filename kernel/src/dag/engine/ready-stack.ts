/**
 * Tasks that could run now.
 * @module
 */

/**
 * Last in, first out, so that the branch at hand is finished before another begins; a stack per user
 * priority, and tasks of a higher priority come first whenever they came.
 */
export class ReadyStack {
  private readonly levelOf: (task: number) => number;
  private readonly levels: number[][];
  private top = 0;
  private count = 0;

  /**
   * @param levels number of different user priorities
   * @param levelOf 0 for tasks of the highest priority
   */
  constructor(levels: number, levelOf: (task: number) => number) {
    this.levelOf = levelOf;
    this.levels = Array.from({ length: levels }, () => []);
    this.top = levels;
  }

  get size(): number {
    return this.count;
  }

  /** Level of the task that `pop` would give; the number of levels if there is none. */
  get topLevel(): number {
    return this.top;
  }

  push(task: number): void {
    const level = this.levelOf(task);
    this.levels[level].push(task);
    this.count += 1;
    if (level < this.top) this.top = level;
  }

  peek(): number | undefined {
    return this.levels[this.top]?.at(-1);
  }

  pop(): number | undefined {
    const task = this.levels[this.top]?.pop();
    if (task === undefined) return undefined;
    this.count -= 1;
    while (this.top < this.levels.length && this.levels[this.top].length === 0) this.top += 1;
    return task;
  }

  /** Takes out the tasks that `test` holds for. */
  remove(test: (task: number) => boolean): void {
    for (const [level, tasks] of this.levels.entries()) this.levels[level] = tasks.filter((task) => !test(task));
    this.count = this.levels.reduce((sum, { length }) => sum + length, 0);
    while (this.top < this.levels.length && this.levels[this.top].length === 0) this.top += 1;
  }

  clear(): void {
    for (const level of this.levels) level.length = 0;
    this.count = 0;
    this.top = this.levels.length;
  }
}
