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
  const next = graph.nodes.map(() => 0);
  const rows: TileRows = { tiles: [], levels: [], crosses: [] };
  for (let task = 0; task < store.n; task++) {
    const group = store.tasks.group[task]!;
    const k = cardOf.get(group)!;
    const card = graph.nodes[k]!;
    const place = next[k]!++;
    const form = store.formOf(task);
    const last = scene.memo?.tiles.get(task);
    const look = looks[group]![form];
    const isMeant = isTaskMeant(scene, task);
    const row =
      last?.form === form ? last.row : { id: task, task, ...tileBox(card, place), ...(isMeant ? look : paled(look)) };
    if (row !== last?.row) scene.memo?.tiles.set(task, { form, row });
    rows.tiles.push(row);
    if (form === "failed") rows.crosses.push(crossRow(task, tileBox(card, place), theme.onError));
  }
  return rows;
}

/** The tiles of a card: the buckets of its functions one after the other. */
function bucketTiles({ graph, tasksPerTile }: OverviewPlan, scene: Scene): TileRows {
  const rows: TileRows = { tiles: [], levels: [], crosses: [] };
  const table = bucketsOf(scene.store, tasksPerTile);
  for (const [k, card] of graph.nodes.entries()) {
    let tile = 0;
    for (const g of card.groups) {
      const all = shownLooks(scene, scene.hues[g]!);
      const looks = areBucketsMeant(scene, g) ? all : paledLooks(all);
      for (let bucket = table.first[g]!; bucket < table.first[g + 1]!; bucket++) {
        const place = { id: bucket, card: k, bucket, ...tileBox(card, tile++) };
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

function tileBox({ tiles, tile }: Card, index: number) {
  const x = tiles.x + (index % tiles.columns) * tiles.step;
  const y = tiles.y + Math.floor(index / tiles.columns) * tiles.step;
  return { x, x2: x + tile.width, y, y2: y + tile.height };
}

function crossRow(task: number, box: ReturnType<typeof tileBox>, color: string): Row {
  return { id: task, x: (box.x + box.x2) / 2, y: (box.y + box.y2) / 2, color };
}
