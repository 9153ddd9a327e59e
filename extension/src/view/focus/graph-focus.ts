import { panned, type Zoom } from "../lens.js";
import type { Box, NodesPlan, OverviewPlan } from "../plan/plan.js";
import { bucketsOf } from "../store/count-buckets.js";
import type { RunStore } from "../store/run-store.js";

/** What has the focus in a graph: a pill or a card by its index, or one tile of a card. */
export interface GraphFocus {
  readonly node: number;
  readonly tile?: number;
}

type GraphPicture = NodesPlan | OverviewPlan;

/** Where the focus is at first: the first function of the graph. */
export function firstFocus(plan: GraphPicture): GraphFocus | undefined {
  const node = readingOrder(plan)[0];
  return node === undefined ? undefined : { node };
}

/**
 * Where a key moves the focus: left and right along the arrows of the graph, up and down within a column, Home and End to
 * the first and the last; among the tiles of a card, once the focus is inside it, the same by rows and columns.
 * @param key `key` of a keyboard event
 * @returns the same focus if there is nothing in that direction; undefined for a key that moves nothing
 */
export function movedFocus(plan: GraphPicture, focus: GraphFocus, key: string): GraphFocus | undefined {
  if (focus.tile !== undefined) return movedTile(plan, focus.node, focus.tile, key);
  const order = readingOrder(plan);
  const to: Readonly<Record<string, () => number | undefined>> = {
    ArrowRight: () => along(plan, focus.node, "from", "to"),
    ArrowLeft: () => along(plan, focus.node, "to", "from"),
    ArrowDown: () => inColumn(plan, focus.node, 1),
    ArrowUp: () => inColumn(plan, focus.node, -1),
    Home: () => order[0],
    End: () => order.at(-1),
  };
  const move = Object.hasOwn(to, key) ? to[key] : undefined;
  return move && { node: move() ?? focus.node };
}

/** The first tile of the card that has the focus; undefined where the card has none to go through. */
export function firstTile(plan: GraphPicture, { node, tile }: GraphFocus): GraphFocus | undefined {
  if (plan.level === "nodes" || tile !== undefined) return undefined;
  const card = plan.graph.nodes[node];
  return card && card.groups.length === 1 && card.tileCount > 1 ? { node, tile: 0 } : undefined;
}

/** Where what has the focus lies in the graph's panel. */
export function focusBox(plan: GraphPicture, { node, tile }: GraphFocus): Box {
  if (plan.level === "nodes" || tile === undefined) return plan.graph.nodes[node]!.box;
  const { tiles, tile: size } = plan.graph.nodes[node]!;
  const [column, row] = [tile % tiles.columns, Math.floor(tile / tiles.columns)];
  return { x: tiles.x + column * tiles.step, y: tiles.y + row * tiles.step, ...size };
}

/** The same as a row of the picture has it, so that it is described in the words of the tooltip. */
export function focusRow(
  plan: GraphPicture,
  store: RunStore,
  { node, tile }: GraphFocus,
): { readonly task?: number; readonly card?: number; readonly bucket?: number } {
  if (plan.level === "nodes") return { task: plan.graph.nodes[node]!.task };
  const card = plan.graph.nodes[node]!;
  const group = card.groups[0]!;
  if (tile === undefined) {
    const isTask = card.n === 1 && store.tasks.hasTasks;
    return isTask ? { task: store.tasks.group.indexOf(group) } : { card: node };
  }
  if (plan.hasLevels) return { card: node, bucket: bucketsOf(store, plan.tasksPerTile).first[group]! + tile };
  return { task: nthOf(store.tasks.group, group, tile) };
}

/** A box of the graph as it is drawn in its panel. */
export function zoomedBox({ x, y, width, height }: Box, zoom: Zoom | undefined): Box {
  const { scale, x: dx, y: dy } = zoom ?? { scale: 1, x: 0, y: 0 };
  return { x: x * scale + dx, y: y * scale + dy, width: width * scale, height: height * scale };
}

/** An enlarged graph, moved as little as brings `box` of it into its panel. */
export function inSight(zoom: Zoom, box: Box, panel: Pick<Box, "width" | "height">): Zoom {
  const { x, y, width, height } = zoomedBox(box, zoom);
  const by = (from: number, length: number, room: number) =>
    from < 0 ? -from : Math.min(0, Math.max(-from, room - from - length));
  return panned(zoom, by(x, width, panel.width), by(y, height, panel.height), panel);
}

/** Nodes from left to right, those of a column from top to bottom. */
function readingOrder({ graph }: GraphPicture): number[] {
  return graph.nodes.map((_, node) => node).sort((a, b) => before(graph.nodes[a]!.box, graph.nodes[b]!.box));
}

function before(a: Box, b: Box): number {
  return centre(a).x - centre(b).x || a.y - b.y;
}

function centre({ x, y, width, height }: Box) {
  return { x: x + width / 2, y: y + height / 2 };
}

/** The neighbour along an arrow that is most level with `node`; where no task needs another, the next one of its row. */
function along({ graph }: GraphPicture, node: number, here: "from" | "to", there: "from" | "to"): number | undefined {
  const { box } = graph.nodes[node]!;
  const linked = graph.edges.filter((edge) => edge[here] === node).map((edge) => edge[there]);
  if (graph.edges.length > 0) return nearest(graph.nodes, linked, ({ y }) => Math.abs(y - centre(box).y));
  const sign = here === "from" ? 1 : -1;
  const inRow = graph.nodes
    .map((_, other) => other)
    .filter((other) => graph.nodes[other]!.box.y === box.y && sign * (graph.nodes[other]!.box.x - box.x) > 0);
  return nearest(graph.nodes, inRow, ({ x }) => Math.abs(x - centre(box).x));
}

/** The next one above or below that overlaps `node` from side to side. */
function inColumn({ graph }: GraphPicture, node: number, sign: 1 | -1): number | undefined {
  const { box } = graph.nodes[node]!;
  const column = graph.nodes
    .map((_, other) => other)
    .filter((other) => {
      const { x, y, width } = graph.nodes[other]!.box;
      return x < box.x + box.width && x + width > box.x && sign * (y - box.y) > 0;
    });
  return nearest(graph.nodes, column, ({ y }) => Math.abs(y - centre(box).y));
}

function nearest(
  nodes: readonly { readonly box: Box }[],
  candidates: readonly number[],
  distance: (at: { readonly x: number; readonly y: number }) => number,
): number | undefined {
  const far = (node: number) => distance(centre(nodes[node]!.box));
  return [...candidates].sort((a, b) => far(a) - far(b))[0];
}

function movedTile(plan: GraphPicture, node: number, tile: number, key: string): GraphFocus | undefined {
  if (plan.level === "nodes") return undefined;
  const { tiles, tileCount } = plan.graph.nodes[node]!;
  const to: Readonly<Record<string, number>> = {
    ArrowRight: tile + 1,
    ArrowLeft: tile - 1,
    ArrowDown: tile + tiles.columns,
    ArrowUp: tile - tiles.columns,
    Home: 0,
    End: tileCount - 1,
  };
  const wanted = Object.hasOwn(to, key) ? to[key] : undefined;
  if (wanted === undefined) return undefined;
  return { node, tile: wanted >= 0 && wanted < tileCount ? wanted : tile };
}

/** Index of the element number `nth` among those that are `value`. */
function nthOf(values: ArrayLike<number>, value: number, nth: number): number {
  let seen = 0;
  for (let index = 0; index < values.length; index++) {
    if (values[index] === value && seen++ === nth) return index;
  }
  return -1;
}
