import { type LayerSpec, parametersOf } from '../../experiment/operators/layers';
import { size } from '../../experiment/operators/operator';
import type { Activation } from '../../experiment/operators/plain';
import { operatorOf } from '../../experiment/operators/registry';
import type { Arrays } from '../../experiment/types/model-state';
import type { Model, Rewritten } from './rewrite';
import { type UnitGroup, unitGroups } from './unit-groups';

/** The units that stay, ascending, by layer. A layer that is not named keeps all. */
export type Kept = Readonly<Record<string, Uint32Array>>;

/**
 * Removes units: columns of the layer's weights, entries of its bias and batch norm, and the rows of the next layer's weights that took
 * their outputs (through flatten, one row for each pixel). Li et al. 2017 (arXiv 1608.08710), section 3.
 *
 * A removed unit counts as one without weights. Its bias still passes through batch norm and activation, so its output is a constant,
 * which is added to the next layer's bias. The function of the network is that of the masked one, except at the border of images that
 * the next convolution pads with zeros: there the masked network sees 0 where the bias assumes the constant.
 */
export function removeUnits(model: Model, kept: Kept): Rewritten {
  const groups = unitGroups(model).filter(({ layer, units }) => (kept[layer]?.length ?? units) < units);
  const columns = new Map<string, Uint32Array>();
  const rows = new Map<string, Uint32Array>();
  for (const group of groups) {
    const units = kept[group.layer] as Uint32Array;
    for (const name of [group.kernel, `${group.layer}/bias`, ...normArrays(group)]) columns.set(name, units);
    rows.set(group.inputs, units);
  }
  const elements: Record<string, Uint32Array> = {};
  for (const { name, shape } of parametersOf(model.layers, model.input)) {
    const width = shape.at(-1) ?? 1;
    const channels = groups.find(({ inputs }) => inputs === name)?.units;
    if (columns.has(name) || rows.has(name))
      elements[name] = chosen({ width, height: size(shape) / width, channels }, rows.get(name), columns.get(name));
  }
  const layers = model.layers.map((layer): LayerSpec => {
    const units = 'name' in layer ? columns.get(`${layer.name}/bias`) : undefined;
    const smaller = units && operatorOf(layer).withUnits?.(layer, units.length);
    return smaller ? { ...smaller, key: layer.key } : layer;
  });
  return { layers, elements, values: shiftedBiases(model, groups, kept) };
}

/** The same network before its units are removed, with their weights 0: what `removeUnits` must be equal to. */
export function withoutWeights(model: Model, kept: Kept): Arrays {
  const values: Record<string, Float32Array> = { ...model.values };
  for (const { layer, units, kernel } of unitGroups(model)) {
    const stay = new Set(kept[layer] ?? Array.from({ length: units }, (_, unit) => unit));
    values[kernel] = (values[kernel] ?? new Float32Array()).map((w, i) => (stay.has(i % units) ? w : 0));
  }
  return values;
}

/** What each unit would give without weights: its bias, through what lies behind the layer. */
export function constantOutputs({ layer, units, between }: Pick<UnitGroup, 'layer' | 'units' | 'between'>, values: Arrays): Float64Array {
  return Float64Array.from({ length: units }, (_, unit) => {
    return between.reduce((x, behind) => {
      if (behind.type === 'activation') return functions[behind.fn](x);
      if (behind.type !== 'batchNorm') return x;
      const [gamma = 1, beta = 0, mean = 0, variance = 1] = normParts.map((part) => values[`${behind.name}/${part}`]?.[unit]);
      return (gamma * (x - mean)) / Math.sqrt(variance + behind.epsilon) + beta;
    }, values[`${layer}/bias`]?.[unit] ?? 0);
  });
}

const functions: Readonly<Record<Activation, (x: number) => number>> = {
  relu: (x) => Math.max(0, x),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
};

const normParts = ['gamma', 'beta', 'mean', 'variance'] as const;

function normArrays({ between }: UnitGroup): string[] {
  return between.flatMap((layer) => (layer.type === 'batchNorm' ? normParts.map((part) => `${layer.name}/${part}`) : []));
}

/** The elements of a matrix in these rows and columns. Rows are named by channel, and each channel has one in every position. */
function chosen(
  { width, height, channels = height }: { readonly width: number; readonly height: number; readonly channels: number | undefined },
  rows: Uint32Array | undefined,
  columns: Uint32Array | undefined,
): Uint32Array {
  const inRow = columns ?? Uint32Array.from({ length: width }, (_, column) => column);
  const stay = rows && new Set(rows);
  const places: number[] = [];
  for (let row = 0; row < height; row++)
    if (!stay || stay.has(row % channels)) for (const column of inRow) places.push(row * width + column);
  return Uint32Array.from(places);
}

/** The biases that take up constants, with the entries that stay. */
function shiftedBiases({ values }: Model, groups: readonly UnitGroup[], kept: Kept): Arrays {
  const shifted: Record<string, Float32Array> = {};
  for (const group of groups) {
    const { layer, next, inputs } = group;
    const [name, matrix] = [`${next}/bias`, values[inputs]];
    const bias = values[name];
    if (!bias || !matrix || !values[`${layer}/bias`]) continue;
    const gone = new Set(kept[layer]);
    const constants = constantOutputs(group, values).map((constant, unit) => (gone.has(unit) ? 0 : constant));
    if (constants.every((constant) => constant === 0)) continue;
    const factor = group.factor === undefined ? undefined : values[group.factor];
    const width = factor ? factor.length / bias.length : bias.length;
    const sums = timesRows(constants, matrix, width);
    const added = factor ? timesRows(sums, factor, bias.length) : sums;
    const stay = kept[next] ?? Uint32Array.from(bias, (_, unit) => unit);
    shifted[name] = Float32Array.from(stay, (unit) => (bias[unit] ?? 0) + (added[unit] ?? 0));
  }
  return shifted;
}

/** Each channel's constant times its rows of a matrix, summed over all rows: what the constants add to each column. */
function timesRows(constants: Float64Array, matrix: Float32Array, width: number): Float64Array {
  const sums = new Float64Array(width);
  for (let row = 0; row * width < matrix.length; row++) {
    const constant = constants[row % constants.length] as number;
    if (constant !== 0)
      for (let column = 0; column < width; column++)
        sums[column] = (sums[column] as number) + constant * (matrix[row * width + column] as number);
  }
  return sums;
}
