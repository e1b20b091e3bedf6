/** What the plot of loss and accuracy draws beside its lines: stages, the changes of those without training, and labels. */
import uPlot from 'uplot';
import { percent, significant } from '../../numerics/measures/number-words';
import type { Palette } from '../shared/palette';
import { fitRow, spreadLabels } from './fit-words';
import type { GhostColumns } from './ghost-trace';
import { type Places, positionAfter, type StageChange, type StillStage, type TraceStage } from './stage-places';
import type { LiveSeries } from './trace-data';
import { changePoints } from './trace-words';

/** What is drawn, in training steps. */
export interface Scene {
  readonly series: LiveSeries;
  readonly columns: GhostColumns;
  readonly stages: readonly TraceStage[];
  readonly places: Places;
  readonly still: readonly StillStage[];
  readonly changes: readonly StageChange[];
  /** Those of a second run, drawn dashed. */
  readonly otherStill: readonly StillStage[];
  readonly otherChanges: readonly StageChange[];
  readonly palette: Palette;
}

interface Label {
  readonly text: string;
  readonly colour: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const LINE = 15;
/** Middle of the names, above the picture. */
const NAMES = 16;

/** Behind the lines: places of stages without training, where the others begin, and their names above. */
export function drawStages(u: uPlot, { series, stages, places, still, palette }: Scene): void {
  const { ctx, bbox } = u;
  const ratio = uPlot.pxRatio;
  const top = bbox.top;
  const right = bbox.left + bbox.width;
  const names = new Map<number, { at: number; centred: boolean }>();
  ctx.save();
  ctx.lineWidth = ratio;
  for (const one of still) {
    const [from, to] = edges(u, places, still, one);
    ctx.fillStyle = stages[one.stage]?.compresses ? palette.stored : palette.ink3;
    ctx.globalAlpha = 0.1;
    ctx.fillRect(from, top, to - from, bbox.height);
    ctx.globalAlpha = 1;
    ctx.strokeStyle = palette.hairline;
    for (const x of [from, to]) upright(ctx, x, top, bbox.height);
    names.set(one.stage, { at: (from + to) / 2, centred: true });
  }
  series.boundaries.forEach((began, stage) => {
    if (Number.isNaN(began) || names.has(stage)) return;
    const at = u.valToPos(positionAfter(places, still, began, stage - 1), 'x', true);
    names.set(stage, { at: at + 2 * ratio, centred: false });
    ctx.strokeStyle = palette.hairline;
    if (at > bbox.left + ratio) upright(ctx, at, top, bbox.height);
  });
  const big = `${14 * ratio}px ${palette.font}`;
  const small = `${12 * ratio}px ${palette.font}`;
  ctx.font = small;
  const row = [...names]
    .sort(([, a], [, b]) => a.at - b.at)
    .map(([stage, place]) => {
      const { mark = '', name = '', short = '' } = stages[stage] ?? {};
      const texts = place.centred ? [`${mark} ${name}`, `${mark} ${short}`, mark] : [mark];
      return { ...place, texts: texts.map((text) => [text, ctx.measureText(text).width + 2 * ratio] as const) };
    });
  ctx.fillStyle = palette.ink2;
  ctx.textBaseline = 'middle';
  for (const { text, x } of fitRow(row, 2 * ratio, bbox.left + 2 * ratio, right)) {
    ctx.font = [...text].length === 1 ? big : small;
    ctx.fillText(text, x, top - NAMES * ratio);
  }
  ctx.font = small;
  ctx.fillStyle = palette.ink3;
  ctx.textAlign = 'right';
  ctx.fillText('loss', bbox.left - 4 * ratio, top - NAMES * ratio);
  ctx.textAlign = 'left';
  ctx.fillText('accuracy', right + 4 * ratio, top - NAMES * ratio);
  ctx.restore();
}

/** Over the lines: what each stage without training did to the accuracy, and the last values. */
export function drawAnswers(u: uPlot, scene: Scene): void {
  const { palette, stages, places, still, changes, otherStill, otherChanges } = scene;
  const { ctx, bbox } = u;
  const ratio = uPlot.pxRatio;
  ctx.save();
  for (const change of otherChanges) drawChange(u, edges(u, places, otherStill, change), change, palette.ink2, true, palette);
  for (const change of changes)
    drawChange(
      u,
      edges(u, places, still, change),
      change,
      stages[change.stage]?.compresses ? palette.stored : palette.ink2,
      false,
      palette,
    );
  ctx.font = `600 ${12 * ratio}px ${palette.font}`;
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4 * ratio;
  ctx.strokeStyle = palette.paper;
  const said = changeLabels(u, scene);
  const labels = [...said, ...lastLabels(u, scene, said.length > 0)];
  const heights = spreadLabels(labels, LINE * ratio, bbox.top + 8 * ratio, bbox.top + bbox.height - 8 * ratio);
  labels.forEach(({ text, x, colour }, i) => {
    ctx.strokeText(text, x, heights[i]!);
    ctx.fillStyle = colour;
    ctx.fillText(text, x, heights[i]!);
  });
  ctx.restore();
}

/** A step from the accuracy before to the one after, with a square for each test. */
function drawChange(
  u: uPlot,
  [from, to]: readonly [number, number],
  { before, after }: StageChange,
  colour: string,
  dashed: boolean,
  palette: Palette,
): void {
  const { ctx } = u;
  const ratio = uPlot.pxRatio;
  const middle = (from + to) / 2;
  const [high, low] = [before ?? after, after].map((share) => u.valToPos(share, 'accuracy', true)) as [number, number];
  ctx.strokeStyle = colour;
  ctx.lineWidth = (dashed ? 1.5 : 2) * ratio;
  ctx.setLineDash(dashed ? [4 * ratio, 3 * ratio] : []);
  ctx.beginPath();
  ctx.moveTo(before === null ? middle : from, high);
  ctx.lineTo(middle, high);
  ctx.lineTo(middle, low);
  ctx.lineTo(to, low);
  ctx.stroke();
  ctx.setLineDash([]);
  if (to - from < 14 * ratio) return;
  const size = 7 * ratio;
  const square = (x: number, y: number, fill: string, edge: string) => {
    ctx.fillStyle = fill;
    ctx.strokeStyle = edge;
    ctx.lineWidth = 1.5 * ratio;
    ctx.fillRect(x - size / 2, y - size / 2, size, size);
    ctx.strokeRect(x - size / 2, y - size / 2, size, size);
  };
  if (before !== null) square(from, high, dashed ? palette.paper : palette.ink, palette.ink);
  square(to, low, dashed ? palette.paper : colour, colour);
  const way = Math.sign(low - high);
  if (before === null || Math.abs(low - high) < 24 * ratio) return;
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(middle - 5 * ratio, low - way * 10 * ratio);
  ctx.lineTo(middle + 5 * ratio, low - way * 10 * ratio);
  ctx.lineTo(middle, low - way * 2 * ratio);
  ctx.fill();
}

/** "−58.9 points" beside each step that has room for it. */
function changeLabels(u: uPlot, { stages, places, still, changes, palette }: Scene): readonly Label[] {
  const { ctx, bbox } = u;
  const ratio = uPlot.pxRatio;
  const crowded = changes.length > 3;
  return changes.flatMap((change) => {
    const { before, after, stage } = change;
    const [from, to] = edges(u, places, still, change);
    if (before === null || to - from < 24 * ratio) return [];
    const middle = (from + to) / 2;
    const text = to - from < 52 * ratio ? changePoints(before, after).replace(' points', '') : changePoints(before, after);
    const width = ctx.measureText(text).width;
    const [high, low] = [before, after].map((share) => u.valToPos(share, 'accuracy', true)) as [number, number];
    if (crowded && Math.abs(high - low) < LINE * ratio) return [];
    const tall = Math.abs(high - low) > 2 * LINE * ratio;
    const left = middle - 7 * ratio - width;
    const x = tall && left >= bbox.left ? left : Math.min(middle + 7 * ratio, bbox.left + bbox.width - width - 2 * ratio);
    const y = tall ? (high + low) / 2 : Math.max(high, low) + 14 * ratio;
    return [{ text, colour: stages[stage]?.compresses ? palette.storedText : palette.ink2, x, y, width }];
  });
}

/**
 * The last accuracy and the last loss, behind their lines where there is room, else over them.
 * @param changed the changes have labels of their own
 */
function lastLabels(u: uPlot, { series, columns, places, still, changes, palette }: Scene, changed: boolean): readonly Label[] {
  const { ctx, bbox } = u;
  const ratio = uPlot.pxRatio;
  const right = bbox.left + bbox.width;
  const position = (at: number) => u.valToPos(at, 'x', true);
  const out: Label[] = [];
  const put = (text: string, colour: string, at: number, y: number, line: (from: number) => readonly number[]) => {
    const width = ctx.measureText(text).width;
    const end = position(at) + 8 * ratio;
    // A label does not run into the place of the next stage.
    const wall = places.at.map((step, i) => position(step + i * places.width)).find((x) => x >= position(at) - 1) ?? right;
    const room = wall - width - 4 * ratio;
    if (end <= room) out.push({ text, colour, x: end, y, width });
    else {
      const covered = [y, ...line(room)];
      // It may reach into the margin a little rather than go under the line.
      const over = Math.min(...covered) - 12 * ratio;
      const x = Math.max(bbox.left, Math.min(room, right - width));
      out.push({ text, colour, x, y: over >= bbox.top - 4 * ratio ? over : Math.max(...covered) + 12 * ratio, width });
    }
  };
  const evaluation = series.evaluations.at(-1);
  const change = changes.at(-1);
  if (change && (evaluation?.stage ?? -1) <= change.stage) {
    const text = `accuracy ${percent(change.after)}`;
    const width = ctx.measureText(text).width;
    const [, to] = edges(u, places, still, change);
    const y = u.valToPos(change.after, 'accuracy', true);
    const under = y + 13 * ratio <= bbox.top + bbox.height - 8 * ratio;
    const x = to + 8 * ratio + width <= right ? to + 8 * ratio : right - width - 2 * ratio;
    if (!changed) out.push({ text, colour: palette.ink, x, y: x > to ? y : y + (under ? 13 : -13) * ratio, width });
  } else if (evaluation) {
    const row = columns.accuracy.findLastIndex((value) => value !== null);
    put(
      `accuracy ${percent(evaluation.accuracy)}`,
      palette.ink,
      columns.at[row] ?? 0,
      u.valToPos(evaluation.accuracy, 'accuracy', true),
      (from) => heightsFrom(u, columns, from, 'accuracy', (i) => columns.accuracy[i] ?? null),
    );
  }
  const smooth = (i: number) => columns.smoothCompressed[i] ?? columns.smoothFloat[i] ?? null;
  const row = columns.at.findLastIndex((_, i) => smooth(i) !== null);
  const loss = row < 0 ? null : smooth(row);
  if (loss !== null) {
    const colour = columns.smoothCompressed[row] === null ? palette.latentText : palette.storedText;
    put(`loss ${significant(loss, 2)}`, colour, columns.at[row]!, u.valToPos(loss, 'loss', true), (from) =>
      heightsFrom(u, columns, from, 'loss', smooth),
    );
  }
  return out;
}

/** Heights of a line from a position on, and of the point before it, in canvas pixels. */
function heightsFrom(u: uPlot, columns: GhostColumns, x: number, scale: string, value: (i: number) => number | null): readonly number[] {
  const heights: number[] = [];
  for (let i = columns.at.length - 1; i >= 0; i--) {
    const here = value(i);
    if (here === null) continue;
    heights.push(u.valToPos(here, scale, true));
    if (u.valToPos(columns.at[i]!, 'x', true) < x) break;
  }
  return heights;
}

function edges(u: uPlot, places: Places, still: readonly StillStage[], { at, stage }: StillStage): readonly [number, number] {
  const end = positionAfter(places, still, at, stage);
  return [u.valToPos(end - places.width, 'x', true), u.valToPos(end, 'x', true)];
}

/** Pixels between which the accuracy is no line of validations: the places of stages without training. */
export function stillGaps(u: uPlot, { places }: Scene): [number, number][] {
  return places.at.map((step, i) => {
    const left = step + i * places.width;
    return [u.valToPos(left, 'x', true), u.valToPos(left + places.width, 'x', true)];
  });
}

function upright(ctx: CanvasRenderingContext2D, x: number, top: number, height: number): void {
  ctx.beginPath();
  ctx.moveTo(Math.round(x) + 0.5, top);
  ctx.lineTo(Math.round(x) + 0.5, top + height);
  ctx.stroke();
}
