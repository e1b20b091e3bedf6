import { flag } from '../settings/value';
import { shown } from '../settings/wording';

/**
 * One direction of a sweep: settings as on the command line that change together. A position on the axis has a text for each path:
 * `quantize.bits` with 2, 3, 4; or `3.on` and `quantize.method` with "no, ste", "yes, ste", "yes, lsq".
 */
export interface SweepAxis {
  /** As in `--set`: 'seed', 'train.lr', '2.bits'. */
  readonly paths: readonly string[];
  /** At each position a text for each path. */
  readonly ticks: readonly (readonly string[])[];
}

/** Something about an axis or a sweep that cannot be, as one sentence for the user. */
export class SweepError extends Error {
  override readonly name = 'SweepError';
}

/** Places on one axis, at most. */
export const TICK_LIMIT = 200;

/**
 * An axis as text: `quantize.bits:2,3,4`, ranges `quantize.bits:2..8`, with a step `train.batch:16..64/16` or a factor
 * `quantize.lambda:1e-11..1e-8*10`, and settings that change together `3.on+quantize.method:no+ste,yes+lsq`.
 * @throws SweepError
 */
export function parseAxis(text: string): SweepAxis {
  if (text.includes(';')) throw new SweepError('Values are separated by commas, as in quantize.bits:2,3,4; a semicolon separates axes.');
  const at = text.indexOf(':');
  if (at < 1) throw new SweepError(`An axis is written path:values, for example quantize.bits:2,3,4, not ${shown(text)}.`);
  const paths = text
    .slice(0, at)
    .split('+')
    .map((path) => path.trim());
  const items = text
    .slice(at + 1)
    .split(',')
    .map((item) => item.trim());
  if (items.includes('')) throw new SweepError(emptyWords(items));
  // The second half of 0,01: no number that is written alone begins so.
  if (items.some((item) => /^0\d/.test(item))) throw new SweepError('A comma separates values; write decimals with a point, as in 0.01.');
  const ticks = items.flatMap((item) => (paths.length === 1 ? expanded(item).map((value) => [value]) : [item.split('+')]));
  const wrong = ticks.find((tick) => tick.length !== paths.length || tick.some((value) => value === ''));
  if (wrong) throw new SweepError(`${shown(wrong.join('+'))} must give a value for each of ${paths.join(', ')}.`);
  checkDistinct(paths, ticks);
  if (ticks.length > TICK_LIMIT) throw new SweepError(`An axis has at most ${TICK_LIMIT} values, not ${ticks.length}.`);
  return { paths, ticks };
}

/** Values are compared by what they mean: 0.01 and 1e-2 are one, and so are yes and true. @throws SweepError that names the two */
function checkDistinct(paths: readonly string[], ticks: readonly (readonly string[])[]): void {
  const written = new Map<string, string>();
  for (const tick of ticks) {
    const [own, meaning] = [tick.join('+'), tick.map(meaningOf).join('+')];
    const before = written.get(meaning);
    if (before === own) throw new SweepError(`The axis ${paths.join('+')} has the value ${shown(own)} twice.`);
    if (before !== undefined)
      throw new SweepError(`The axis ${paths.join('+')} has one value twice: ${shown(before)} and ${shown(own)} mean the same.`);
    written.set(meaning, own);
  }
}

/** One text for every spelling of a value. Switches may be written 1 and 0 too, so that 1 and yes are one. */
function meaningOf(text: string): string {
  const on = flag(text.toLowerCase());
  if (on !== undefined) return on ? '1' : '0';
  const number = Number(text);
  return Number.isNaN(number) ? text : String(number);
}

function emptyWords(items: readonly string[]): string {
  if (items.length === 1) return 'There is no value after the colon: an axis needs one.';
  if (items[0] === '') return 'There is no value before the first comma.';
  return items.slice(0, -1).includes('') ? 'There is no value between two commas.' : 'There is no value after the last comma.';
}

/** The text that `parseAxis` reads back; ranges are written out. */
export function axisText({ paths, ticks }: SweepAxis): string {
  return `${paths.join('+')}:${ticks.map((tick) => tick.join('+')).join(',')}`;
}

/** What a place of an axis is called: "3", "yes, lsq". */
export function tickLabel(axis: SweepAxis, tick: number): string {
  return axis.ticks[tick]?.join(', ') ?? '';
}

const RANGE = /^(?<from>[^.].*?)\.\.(?<to>[^*/]+)(?:(?<kind>[*/])(?<by>.+))?$/;

function expanded(item: string): readonly string[] {
  const { from, to, kind, by } = RANGE.exec(item)?.groups ?? {};
  if (from === undefined || to === undefined) return [item];
  const [first, last, step] = [Number(from), Number(to), by === undefined ? 1 : Number(by)];
  const grows = kind === '*' ? step > 1 && first > 0 : step > 0;
  if (![first, last, step].every(Number.isFinite) || !grows || last < first) {
    throw new SweepError(`${shown(item)} is not a range; write ranges as 2..8, 16..64/16 or 1e-11..1e-8*10.`);
  }
  const count = 1 + Math.floor((kind === '*' ? Math.log(last / first) / Math.log(step) : (last - first) / step) + 1e-9);
  if (count > TICK_LIMIT) throw new SweepError(`${shown(item)} has ${count} values; an axis has at most ${TICK_LIMIT}.`);
  // Twelve digits: 1e-11 × 10 × 10 is 1e-9 again.
  return Array.from({ length: count }, (_, i) => String(Number((kind === '*' ? first * step ** i : first + step * i).toPrecision(12))));
}
