import { dataSettings } from '../methods/data';
import { modelSettings } from '../methods/models/registry';
import { sameBlock, sameValue } from '../settings/block';
import { settingText } from '../settings/chosen-values';
import { activeSettings, type Setting, type SettingValue, type Values } from '../settings/setting';
import { valueText } from '../settings/value';
import { inSentence } from '../settings/wording';
import { stageDefinition } from '../stages/registry';
import type { Experiment, Stage } from '../types/experiment';
import { seedSetting } from '../types/experiment';
import { isRepeat, repeatsAround } from './tree';

/** One value, or one stage, in which two experiments differ. */
export interface Difference {
  /** 'data', 'model', a kind of stage; '' for the experiment itself. */
  readonly block: string;
  /** Its position in the first and the second program, from 1; null where the stage is missing there, and outside of stages. */
  readonly stages: readonly [number | null, number | null];
  /** "bits", "learning rate"; "stage" for a whole one. */
  readonly label: string;
  /** The value in words; null where it does not exist. */
  readonly values: readonly [string | null, string | null];
}

/**
 * What sets two experiments apart, in the order of their tables; the titles do not matter, and stages that are switched off are not
 * there. Stages are paired so that as few of them as possible differ or are missing; how many a repeat encloses is listed only where
 * stages that both have are repeated in one and not in the other. A value that exists on one side only, because a
 * method brings it, is listed where it is not at its default.
 */
export function differences(a: Experiment, b: Experiment): readonly Difference[] {
  const seed = a.seed === b.seed ? [] : [{ block: '', stages: none, label: 'seed', values: [seedText(a), seedText(b)] as const }];
  return [
    ...blockDifferences('data', none, dataSettings, a.data, b.data),
    ...checksumDifference(a, b),
    ...blockDifferences('model', none, modelSettings, a.model, b.model),
    ...seed,
    ...programDifferences(a, b),
  ];
}

const none = [null, null] as const;

interface Positioned {
  readonly stage: Stage;
  /** From 1. */
  readonly position: number;
  /** Places of the repeats around it. */
  readonly around: readonly number[];
}

type Pair = readonly [Positioned | undefined, Positioned | undefined];

const positioned = ({ stages }: Experiment): readonly Positioned[] =>
  stages
    .map((stage, i) => ({ stage, position: i + 1, around: repeatsAround(stages, i).map((at) => at + 1) }))
    .filter(({ stage }) => stage.on);
const seedText = ({ seed }: Experiment) => valueText(seed ?? seedSetting.default);

function checksumDifference(a: Experiment, b: Experiment): readonly Difference[] {
  if (a.data.checksum === b.data.checksum) return [];
  const short = ({ data }: Experiment) => (data.checksum ? `${data.checksum.slice(0, 8)}…` : null);
  return [{ block: 'data', stages: none, label: 'checksum', values: [short(a), short(b)] }];
}

function programDifferences(a: Experiment, b: Experiment): readonly Difference[] {
  const [inA, inB] = [positioned(a), positioned(b)];
  const found = pairs(inA, inB);
  return found.flatMap(([left, right]) => {
    const own = stageDifferences(left, right);
    if (!left || !right || !isRepeat(left.stage)) return own;
    const crosses = found.some(
      ([one, other]) => one && other && one.around.includes(left.position) !== other.around.includes(right.position),
    );
    const [before, after] = [enclosed(inA, left), enclosed(inB, right)];
    if (!crosses || before === after) return own;
    return [...own, { ...position(left, right), label: 'stages repeated', values: [String(before), String(after)] as const }];
  });
}

/** How many stages that are on a repeat encloses. */
function enclosed(all: readonly Positioned[], { position: at }: Positioned): number {
  return all.filter(({ around }) => around.includes(at)).length;
}

function position(left: Positioned | undefined, right: Positioned | undefined): Pick<Difference, 'block' | 'stages'> {
  return { block: (left ?? right)?.stage.kind ?? '', stages: [left?.position ?? null, right?.position ?? null] };
}

function stageDifferences(left: Positioned | undefined, right: Positioned | undefined): readonly Difference[] {
  const { block, stages } = position(left, right);
  if (!block) return [];
  const { settings, sentence } = stageDefinition(block);
  if (left && right) {
    const table = isRepeat(left.stage) ? settings.filter(({ key }) => key !== 'of') : settings;
    return blockDifferences(block, stages, table, left.stage, right.stage);
  }
  return [{ block, stages, label: 'stage', values: [left ? sentence(left.stage) : null, right ? sentence(right.stage) : null] }];
}

function blockDifferences(
  block: string,
  stages: Difference['stages'],
  table: readonly Setting[],
  a: Values,
  b: Values,
): readonly Difference[] {
  const inA = new Map(activeSettings(table, a).map((setting) => [setting.key, setting]));
  const inB = new Map(activeSettings(table, b).map((setting) => [setting.key, setting]));
  return [...new Set([...inA.keys(), ...inB.keys()])].flatMap((key) => {
    const [pa, pb] = [inA.get(key), inB.get(key)];
    const setting = pa ?? pb;
    if (!setting) return [];
    const [va, vb] = [pa && (a[key] ?? pa.default), pb && (b[key] ?? pb.default)];
    const lone = pa && pb ? undefined : (va ?? vb);
    if (lone !== undefined ? sameValue(lone, setting.default) : sameValue(va, vb)) return [];
    return [{ block, stages, label: inSentence(setting.label), values: [textOf(pa, va), textOf(pb, vb)] as const }];
  });
}

/** "3 bits", "LSQ", "0.01"; null where there is none. */
function textOf(setting: Setting | undefined, value: SettingValue | undefined): string | null {
  if (!setting || value === undefined) return null;
  return settingText(setting, value);
}

/** Pairs the stages of two programs in order, so that the fewest differ or are left over. Stages of two kinds are never a pair. */
function pairs(a: readonly Positioned[], b: readonly Positioned[]): readonly Pair[] {
  // cost[i][j]: the least for everything from i and j on.
  const cost = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const match = (i: number, j: number) => {
    const [left, right] = [a[i]?.stage, b[j]?.stage];
    if (!left || !right || left.kind !== right.kind) return Number.POSITIVE_INFINITY;
    if (sameBlock(left, right)) return 0;
    return isRepeat(left) && sameBlock({ ...left, of: 0 }, { ...right, of: 0 }) ? 0.5 : 1;
  };
  const at = (i: number, j: number) => cost[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = a.length; i >= 0; i--) {
    for (let j = b.length; j >= 0; j--) {
      if (i === a.length && j === b.length) continue;
      cost[i]![j] = Math.min(match(i, j) + at(i + 1, j + 1), 1 + at(i + 1, j), 1 + at(i, j + 1));
    }
  }
  const found: Pair[] = [];
  for (let [i, j] = [0, 0]; i < a.length || j < b.length; ) {
    if (match(i, j) + at(i + 1, j + 1) <= at(i, j)) found.push([a[i++], b[j++]]);
    else if (1 + at(i + 1, j) <= at(i, j)) found.push([a[i++], undefined]);
    else found.push([undefined, b[j++]]);
  }
  return found;
}
