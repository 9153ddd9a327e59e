import type { Card, OverviewPlan } from "../plan/plan.js";
import { bucketsOf } from "../store/count-buckets.js";
import { FORMS, type Form } from "../store/state.js";
import { NO_STROKE, type Row, type Scene } from "./row.js";
import { areBucketsMeant, isTaskMeant, PALE } from "./stand-out.js";
import { type Look, looksOf } from "./tile-look.js";

/** Rows of the tiles of all cards: `levels` only where a tile stands for several tasks. */
export interface TileRows {
  readonly tiles: Row[];
  readonly levels: Row[];
  readonly crosses: Row[];
}

const CORNER = 3;

/** A tile per task in order of submission, or a tile per `tasksPerTile` tasks that fills from below. */
export function tileRows(plan: OverviewPlan, scene: Scene): TileRows {
  return plan.hasLevels ? bucketTiles(plan, scene) : singleTiles(plan, scene);
}

function singleTiles({ graph }: OverviewPlan, scene: Scene): TileRows {
  const { store, theme } = scene;
  const looks = scene.hues.map((hue) => shownLooks(scene, hue));
  const cardOf = cardsByGroup(graph.nodes);
  const blocks = new Map(graph.nodes.flatMap((card) => [...blocksOf(card, (g) => store.groups[g]!.n)]));
  const seen = new Int32Array(store.groups.length);
  const rows: TileRows = { tiles: [], levels: [], crosses: [] };
  for (let task = 0; task < store.n; task++) {
    const group = store.tasks.group[task]!;
    const card = graph.nodes[cardOf.get(group)!]!;
    const place = seen[group]!++;
    const box = () => tileBox(card, blocks.get(group)!, place);
    const form = store.formOf(task);
    const last = scene.memo?.tiles.get(task);
    const look = looks[group]![form];
    const row =
      last?.form === form ? last.row : { id: task, task, ...box(), ...(isTaskMeant(scene, task) ? look : paled(look)) };
    if (row !== last?.row) scene.memo?.tiles.set(task, { form, row });
    rows.tiles.push(row);
    if (form === "failed") rows.crosses.push(crossRow(task, box(), theme.onError));
  }
  return rows;
}

/** The tiles of a card: the buckets of its functions one after the other. */
function bucketTiles({ graph, tasksPerTile }: OverviewPlan, scene: Scene): TileRows {
  const rows: TileRows = { tiles: [], levels: [], crosses: [] };
  const table = bucketsOf(scene.store, tasksPerTile);
  for (const [k, card] of graph.nodes.entries()) {
    const blocks = blocksOf(card, (g) => table.first[g + 1]! - table.first[g]!);
    for (const [g, block] of blocks) {
      const all = shownLooks(scene, scene.hues[g]!);
      const looks = areBucketsMeant(scene, g) ? all : paledLooks(all);
      for (let bucket = table.first[g]!; bucket < table.first[g + 1]!; bucket++) {
        const place = { id: bucket, card: k, bucket, ...tileBox(card, block, bucket - table.first[g]!) };
        addBucket(rows, place, (form) => table.count(bucket, form), scene, looks);
      }
    }
  }
  return rows;
}

type Place = ReturnType<typeof tileBox> & { id: number; card: number; bucket: number };

function addBucket(
  rows: TileRows,
  place: Place,
  count: (form: Form) => number,
  scene: Scene,
  looks: Record<Form, Look>,
): void {
  const all = FORMS.reduce((sum, form) => sum + count(form), 0);
  const ground = count("waiting") > 0 ? looks.waiting : count("stopped") > 0 ? looks.stopped : looks.queued;
  const { stroke, strokeWidth } = count("running") > 0 ? looks.running : ground;
  rows.tiles.push({ ...place, fill: ground.fill, o: ground.o, stroke, strokeWidth });
  const { id, card, bucket, x, x2, y, y2 } = place;
  const share = all === 0 ? 0 : count("done") / all;
  const level = { x, x2, y: y2 - (y2 - y) * share, y2 };
  rows.levels.push({
    id,
    card,
    bucket,
    ...level,
    fill: looks.done.fill,
    o: share > 0 ? looks.done.o : 0,
    ...NO_STROKE,
  });
  if (count("failed") === 0) return;
  const corner = { x: x2 - CORNER, x2, y, y2: y + CORNER };
  rows.levels.push({ id: `${id} failed`, card, bucket, ...corner, fill: scene.theme.error, o: 1, ...NO_STROKE });
}

function paled(look: Look): Look {
  return { ...look, o: look.o * PALE, ...NO_STROKE };
}

function paledLooks(looks: Record<Form, Look>): Record<Form, Look> {
  const pale = { ...looks };
  for (const form of FORMS) pale[form] = paled(looks[form]);
  return pale;
}

/** In a graph that has not run nothing waits: its tiles are drawn stronger. */
function shownLooks({ store, theme }: Scene, hue: string): Record<Form, Look> {
  const looks = looksOf(theme, hue);
  return store.state === "planned" ? { ...looks, waiting: { ...looks.waiting, o: theme.opacity.running } } : looks;
}

function cardsByGroup(cards: readonly Card[]): Map<number, number> {
  return new Map(cards.flatMap(({ groups }, k) => groups.map((g) => [g, k] as const)));
}

/** Number of the first tile of each function of a card, and where it is. */
function blocksOf({ rows, tiles, groups }: Card, tilesOf: (group: number) => number): Map<number, Block> {
  const blocks = new Map<number, Block>();
  let before = 0;
  for (const [f, group] of groups.entries()) {
    blocks.set(group, rows[f] ? { ...rows[f], first: 0 } : { ...tiles, first: before });
    before += tilesOf(group);
  }
  return blocks;
}

interface Block {
  readonly x: number;
  readonly y: number;
  readonly first: number;
}

function tileBox({ tiles, tile }: Card, block: Block, place: number) {
  const index = block.first + place;
  const x = block.x + (index % tiles.columns) * tiles.step;
  const y = block.y + Math.floor(index / tiles.columns) * tiles.step;
  return { x, x2: x + tile.width, y, y2: y + tile.height };
}

function crossRow(task: number, box: ReturnType<typeof tileBox>, color: string): Row {
  return { id: task, x: (box.x + box.x2) / 2, y: (box.y + box.y2) / 2, color };
}
