import type { Point } from "../layout/graph.js";

/** A box in pixels of its panel. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An edge as it is drawn. */
export interface EdgePath {
  readonly from: number;
  readonly to: number;
  /** task dependencies it stands for */
  readonly weight: number;
  readonly points: readonly Point[];
}

/** One task, drawn as a pill with its own progress. */
export interface Pill {
  readonly task: number;
  readonly group: number;
  /** the function, and the task's number where the function has several */
  readonly label: string;
  readonly box: Box;
}

/** A function on a card of several: its name, and where its tiles begin. */
export interface CardRow {
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** What a card says of its tasks: how many are done of how many, the share that is done, or nothing. */
export type CardCount = "full" | "share" | "none";

/** One function (or several that share a card), with a tile per task or per `tasksPerTile` tasks. */
export interface Card {
  readonly groups: readonly number[];
  /** its first function, in full */
  readonly name: string;
  /** further functions on it */
  readonly more: number;
  /** its name as far as the card has room for it */
  readonly label: string;
  /** what there is room for beside its name */
  readonly count: CardCount;
  /** tasks */
  readonly n: number;
  readonly box: Box;
  /** the tiles, row by row from the left top, `step` apart */
  readonly tiles: { readonly x: number; readonly y: number; readonly columns: number; readonly step: number };
  /** room of one tile: `step` less the gap, except for a function of one task, whose tile is a bar */
  readonly tile: { readonly width: number; readonly height: number };
  readonly tileCount: number;
  /** of a card of several functions: where the tiles of each begin; empty where they stand in one block */
  readonly rows: readonly CardRow[];
}

/** Where the graph goes, in pixels. Everything of a plan stays as it is while the run goes on. */
export interface GraphPlan<Node> {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Node[];
  readonly edges: readonly EdgePath[];
  readonly crossings: number;
}

/** Bars by function. */
export interface ProgressPlan {
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
  /** first and last pixel of the bars */
  readonly bar: readonly [from: number, to: number];
  /** letters of a name before it is cut */
  readonly nameLength: number;
  /** the cards from left to right, from top to bottom: a bar each */
  readonly order: readonly Card[];
}

/** One lane per worker (or per `workersPerLane`), the memory strip below on the same time axis. */
export interface StreamPlan {
  readonly width: number;
  readonly height: number;
  /** first and last pixel of the time axis */
  readonly axis: readonly [from: number, to: number];
  /** 0 where nothing is known of single tasks: memory only */
  readonly lanes: number;
  readonly workersPerLane: number;
  readonly laneHeight: number;
  readonly lanesTop: number;
  readonly memoryTop: number;
  readonly memoryHeight: number;
  /** the line of tasks a second, below the memory strip; a height of 0 where there is none */
  readonly rateTop: number;
  readonly rateHeight: number;
}

/** Header only: the graph is drawn on demand. */
export interface LinePlan {
  readonly level: "line";
  readonly width: number;
  readonly height: 0;
}

export interface NodesPlan {
  readonly level: "nodes";
  readonly width: number;
  readonly height: number;
  readonly graph: GraphPlan<Pill>;
  /** false where the pills have no room for times */
  readonly hasTimes: boolean;
}

export interface OverviewPlan {
  readonly level: "overview" | "buckets";
  readonly width: number;
  readonly height: number;
  readonly tasksPerTile: number;
  /** true where tiles fill up: they stand for several tasks, or only counters are known */
  readonly hasLevels: boolean;
  readonly graph: GraphPlan<Card>;
  /** what the picture leaves out, in words; empty if nothing */
  readonly note: string;
  /** below the graph; undefined for a graph that has not run */
  readonly panels: PanelsPlan | undefined;
}

/** Bars and stream, beside each other or one below the other. */
export interface PanelsPlan {
  readonly progress: ProgressPlan;
  readonly stream: StreamPlan;
  readonly isStacked: boolean;
}

/** What to draw at one width: chosen once from the graph, the same at every moment of the run. */
export type Plan = LinePlan | NodesPlan | OverviewPlan;

/** Room between the panels. */
export const SPACING = 26;
/** Empty border around the picture. */
export const PADDING = 16;
/** Height of a panel's title. */
export const TITLE_HEIGHT = 24;
