/** Which weights of a tensor share a scale. */

/**
 * 'tensor': all of them. 'channel': those of one output channel, the last axis. { channels: n }: those of n neighbouring output
 * channels. { inputs: k }: k neighbouring inputs of one output channel, inputs counted row by row over the other axes.
 * { axis: n }: those with the same index on that axis. Dense weights are (in, out), so that axis 0 is one scale for each input;
 * convolutions are (height, width, in, out).
 */
export type Granularity = 'tensor' | 'channel' | { readonly channels: number } | { readonly inputs: number } | { readonly axis: number };

/**
 * A tensor as inputs × outputs, cut into blocks of equal size (the last ones may be smaller); one scale a block, row by row.
 * Inputs repeat with a period: those at the same place of two periods share their scale.
 */
export interface ScaleGrid {
  /** Output channels: the length of the last axis. */
  readonly outputs: number;
  readonly blockInputs: number;
  readonly blockOutputs: number;
  /** Blocks side by side. */
  readonly across: number;
  /** Inputs after which the scales start over; all inputs but for an inner axis. */
  readonly period: number;
  /** Blocks in all: the number of scales. */
  readonly scales: number;
}

/** @throws RangeError if a group is not a whole number of at least 1, or the tensor has no such axis */
export function scaleGrid(shape: readonly number[], granularity: Granularity): ScaleGrid {
  const outputs = shape.at(-1) ?? 1;
  const inputs = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  if (granularity === 'tensor') return grid(inputs, outputs, inputs, outputs);
  if (granularity === 'channel') return grid(inputs, outputs, inputs, 1);
  if ('channels' in granularity) return grid(inputs, outputs, inputs, granularity.channels);
  if ('inputs' in granularity) return grid(inputs, outputs, granularity.inputs, 1);
  const { axis } = granularity;
  if (!Number.isInteger(axis) || axis < 0 || axis >= shape.length)
    throw new RangeError(`A tensor of ${shape.length} axes has no axis ${axis}.`);
  if (axis === shape.length - 1) return grid(inputs, outputs, inputs, 1);
  const inner = shape.slice(axis + 1, -1).reduce((a, b) => a * b, 1);
  return grid(inputs, outputs, inner, outputs, inner * (shape[axis] ?? 1));
}

function grid(inputs: number, outputs: number, blockInputs: number, blockOutputs: number, period = inputs): ScaleGrid {
  for (const group of [blockInputs, blockOutputs])
    if (!Number.isInteger(group) || group < 1) throw new RangeError(`A group of weights has a whole number of members, not ${group}.`);
  const across = Math.ceil(outputs / blockOutputs);
  const height = Math.min(blockInputs, period);
  return {
    outputs,
    blockInputs: height,
    blockOutputs: Math.min(blockOutputs, outputs),
    across,
    period,
    scales: across * Math.ceil(period / height),
  };
}

/** The number of the scale of element `i`. */
export function scaleOf({ outputs, blockInputs, blockOutputs, across, period }: ScaleGrid, i: number): number {
  return Math.floor((Math.floor(i / outputs) % period) / blockInputs) * across + Math.floor((i % outputs) / blockOutputs);
}

/** How many of `count` values each block has. */
export function blockCounts(count: number, grid: ScaleGrid): Float32Array {
  const { outputs, blockInputs, blockOutputs, across, period, scales } = grid;
  const periods = count / outputs / period;
  return Float32Array.from({ length: scales }, (_, block) => {
    const [down, right] = [Math.floor(block / across), block % across];
    return periods * Math.min(blockInputs, period - down * blockInputs) * Math.min(blockOutputs, outputs - right * blockOutputs);
  });
}

/** The values of each block, in the order of the tensor. */
export function blockValues(values: Float32Array, grid: ScaleGrid): Float32Array[] {
  if (grid.scales === 1) return [values];
  const sizes = new Int32Array(grid.scales);
  for (let i = 0; i < values.length; i++) {
    const block = scaleOf(grid, i);
    sizes[block] = (sizes[block] as number) + 1;
  }
  const blocks = Array.from(sizes, (size) => new Float32Array(size));
  sizes.fill(0);
  for (let i = 0; i < values.length; i++) {
    const block = scaleOf(grid, i);
    const place = sizes[block] as number;
    (blocks[block] as Float32Array)[place] = values[i] as number;
    sizes[block] = place + 1;
  }
  return blocks;
}
