import type { Card, OverviewPlan } from "../plan/plan.js";
import { FORMS, type Form } from "../store/state.js";
import { NO_STROKE, type Row, type Scene } from "./row.js";
import { type Look, looksOf } from "./tile-look.js";

/** Rows of the tiles of all cards: `levels` only where a tile stands for several tasks. */
export interface TileRows {
  readonly tiles: Row[];
  readonly levels: Row[];
  readonly crosses: Row[];
}

const FORM_COUNT = FORMS.length;
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
    const last = scene.tileMemo?.get(task);
    const row = last?.form === form ? last.row : { id: task, task, ...tileBox(card, place), ...looks[group]![form] };
    if (row !== last?.row) scene.tileMemo?.set(task, { form, row });
    rows.tiles.push(row);
    if (form === "failed") rows.crosses.push(crossRow(task, tileBox(card, place), theme.onError));
  }
  return rows;
}

function bucketTiles({ graph, tasksPerTile }: OverviewPlan, scene: Scene): TileRows {
  const rows: TileRows = { tiles: [], levels: [], crosses: [] };
  const counts = scene.store.tasks.hasTasks
    ? countsInOrder(graph.nodes, tasksPerTile, scene)
    : graph.nodes.map((card) => countsByState(card, tasksPerTile, scene));
  for (const [k, card] of graph.nodes.entries()) {
    const looks = shownLooks(scene, scene.hues[card.groups[0]!]!);
    for (let tile = 0; tile < card.tileCount; tile++) {
      addBucket(rows, { id: `${k} ${tile}`, card: k, tile, ...tileBox(card, tile) }, counts[k]!, scene, looks);
    }
  }
  return rows;
}

type Place = ReturnType<typeof tileBox> & { id: string; card: number; tile: number };

function addBucket(rows: TileRows, place: Place, counts: Int32Array, scene: Scene, looks: Record<Form, Look>): void {
  const count = (form: Form) => counts[place.tile * FORM_COUNT + FORMS.indexOf(form)]!;
  const all = FORMS.reduce((sum, form) => sum + count(form), 0);
  const ground = count("waiting") > 0 ? looks.waiting : count("stopped") > 0 ? looks.stopped : looks.queued;
  const { stroke, strokeWidth } = count("running") > 0 ? looks.running : ground;
  rows.tiles.push({ ...place, fill: ground.fill, o: ground.o, stroke, strokeWidth });
  const { id, x, x2, y, y2 } = place;
  const share = all === 0 ? 0 : count("done") / all;
  rows.levels.push({
    id,
    x,
    x2,
    y: y2 - (y2 - y) * share,
    y2,
    fill: looks.done.fill,
    o: share > 0 ? 1 : 0,
    ...NO_STROKE,
  });
  if (count("failed") === 0) return;
  const corner = { x: x2 - CORNER, x2, y, y2: y + CORNER };
  rows.levels.push({ id: `${id} failed`, ...corner, fill: scene.theme.error, o: 1, ...NO_STROKE });
}

/** Tasks by tile and form, for every card: tile `t` holds the tasks `t * perTile` and on, in order of submission. */
function countsInOrder(cards: readonly Card[], perTile: number, { store }: Scene): Int32Array[] {
  const cardOf = cardsByGroup(cards);
  const counts = cards.map((card) => new Int32Array(card.tileCount * FORM_COUNT));
  const next = cards.map(() => 0);
  for (let task = 0; task < store.n; task++) {
    const k = cardOf.get(store.tasks.group[task]!)!;
    const tile = Math.floor(next[k]!++ / perTile);
    counts[k]![tile * FORM_COUNT + FORMS.indexOf(store.formOf(task))]! += 1;
  }
  return counts;
}

/** The same where only the counters of groups are known: the tasks of a card sorted by form. */
function countsByState(card: Card, perTile: number, { store }: Scene): Int32Array {
  const counts = new Int32Array(card.tileCount * FORM_COUNT);
  let place = 0;
  for (const [f, form] of FORMS.entries()) {
    let left = card.groups.reduce((sum, g) => sum + store.forms(g)[form], 0);
    while (left > 0) {
      const tile = Math.floor(place / perTile);
      const some = Math.min(left, (tile + 1) * perTile - place);
      counts[tile * FORM_COUNT + f]! += some;
      place += some;
      left -= some;
    }
  }
  return counts;
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
