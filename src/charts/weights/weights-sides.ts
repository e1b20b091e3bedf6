import { count, percent, plural, significant } from '../../numerics/measures/number-words';
import {
  binReadout,
  type DensityBin,
  densityBins,
  type LatentHistogram,
  type Level,
  type StoredLevels,
  shareAxis,
  storedLevels,
  sum,
  usedValues,
  weightDomain,
} from './histogram-layout';

/** The weights of a layer in few numbers, as a saved run has them. */
export interface LayerWeights {
  readonly latent: LatentHistogram;
  /** Null where the layer is not quantized. `step`: from one value to the next; null where they are not evenly spaced. */
  readonly stored: (Omit<StoredLevels, 'scale'> & { readonly step: number | null }) | null;
}

/** A layer's weights: bins as densities (share per unit of weight), values in the file as shares, so that layers and runs compare. */
export interface WeightsSide {
  readonly bins: readonly DensityBin[];
  /** Empty where the layer is not quantized. */
  readonly levels: readonly Level[];
  /** Distance of evenly spaced levels; null for others. */
  readonly step: number | null;
  /** Weights of the layer. */
  readonly total: number;
}

export function weightsSide({ latent, stored }: LayerWeights): WeightsSide {
  return {
    bins: densityBins(latent),
    levels: stored ? storedLevels({ ...stored, scale: stored.step }) : [],
    step: stored?.step ?? null,
    total: sum(latent.counts),
  };
}

/** The axes that these layers share: limits of the weights, the largest density of the bins, and the end of the axis of shares. */
export function sharedAxes(layers: readonly LayerWeights[], sides: readonly WeightsSide[]) {
  const domains = layers.map(({ latent }, i) => weightDomain(latent, sides[i]?.levels ?? [], sides[i]?.step ?? null));
  return {
    domain: [Math.min(...domains.map(([low]) => low)), Math.max(...domains.map(([, high]) => high))] as const,
    peak: Math.max(1e-30, ...sides.flatMap(({ bins }) => bins.map(({ density }) => density))),
    top: shareAxis(sides.flatMap(({ levels }) => levels)).top,
  };
}

/** Something of a side that can be read: a stored level, or a bin where nothing is quantized. */
export interface WeightsItem {
  /** Index of the side. */
  readonly side: number;
  /** Index of the level or bin. */
  readonly index: number;
  /** Its position, in weight units. */
  readonly at: number;
  readonly text: string;
}

/** What can be read of the sides, in order of the weight. */
export function weightsItems(sides: readonly WeightsSide[]): readonly WeightsItem[] {
  return sides
    .flatMap(({ bins, levels, total }, side) =>
      levels.length > 0
        ? levels.map((level, index) => ({ side, index, at: level.value, text: levelText(level) }))
        : bins.map((bin, index) => ({ side, index, at: (bin.from + bin.to) / 2, text: binReadout(bin, total) })),
    )
    .sort((a, b) => a.at - b.at || a.side - b.side);
}

/** The item of a side that is nearest to a weight, as its position in the list; null if the side has none. */
export function nearestItem(items: readonly WeightsItem[], side: number, at: number): number | null {
  let best: number | null = null;
  for (const [i, item] of items.entries()) {
    if (item.side !== side) continue;
    if (best === null || Math.abs(item.at - at) < Math.abs((items[best]?.at ?? 0) - at)) best = i;
  }
  return best;
}

/** "all 7 possible values of 3 bits between −0.31 and 0.31, 12 % of 235,200 weights are 0 in the file". */
export function sideWords({ latent, stored }: LayerWeights): string {
  const total = sum(latent.counts);
  const [low, high] = stored ? [stored.values[0] ?? 0, stored.values[stored.values.length - 1] ?? 0] : reached(latent);
  const between = `between ${significant(low)} and ${significant(high)}`;
  if (!stored) return `32-bit floats ${between}, ${plural(total, 'weight')}`;
  const { distinct, possible, bits, zeros } = stored;
  return `${usedValues(distinct, possible)} of ${plural(bits, 'bit')} ${between}, ${percent(total > 0 ? zeros / total : 0, 0)} of ${plural(total, 'weight')} are 0 in the file`;
}

/** The rows of a side's table: what it is, from where to where or at which value, how many, which share. */
export function sideRows({ bins, levels, total }: WeightsSide): readonly (readonly [string, string, string, string])[] {
  return [
    ...levels.map((level) => ['in the file', significant(level.value), count(level.count), percent(level.share)] as const),
    ...bins.map(
      (bin) =>
        ['while training', `${significant(bin.from)} to ${significant(bin.to)}`, count(bin.count), percent(bin.count / total)] as const,
    ),
  ];
}

/** From the first to the last bin that holds a weight. */
function reached(latent: LatentHistogram): readonly [number, number] {
  const used = densityBins(latent).filter((bin) => bin.count > 0);
  return [used[0]?.from ?? 0, used.at(-1)?.to ?? 0];
}

function levelText(level: Level): string {
  return `in the file: near ${significant(level.value)} · ${plural(level.count, 'weight')} (${percent(level.share)})`;
}
