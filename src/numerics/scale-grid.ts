/** Which weights of a tensor share a scale. */

/**
 * 'tensor': all of them. 'channel': those of one output channel, the last axis. { channels: n }: those of n neighbouring output
 * channels. { inputs: k }: k neighbouring inputs of one output channel, inputs counted row by row over the other axes.
 */
export type Granularity = 'tensor' | 'channel' | { readonly channels: number } | { readonly inputs: number };

/** A tensor as inputs × outputs, cut into blocks of equal size (the last ones may be smaller); one scale a block, row by row. */
export interface ScaleGrid {
  /** Output channels: the length of the last axis. */
  readonly outputs: number;
  readonly blockInputs: number;
  readonly blockOutputs: number;
  /** Blocks side by side. */
  readonly across: number;
  /** Blocks in all: the number of scales. */
  readonly scales: number;
}

/** @throws RangeError if a group is not a whole number of at least 1 */
export function scaleGrid(shape: readonly number[], granularity: Granularity): ScaleGrid {
  const outputs = shape.at(-1) ?? 1;
  const inputs = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  if (granularity === 'tensor') return grid(inputs, outputs, inputs, outputs);
  if (granularity === 'channel') return grid(inputs, outputs, inputs, 1);
  if ('channels' in granularity) return grid(inputs, outputs, inputs, granularity.channels);
  return grid(inputs, outputs, granularity.inputs, 1);
}

function grid(inputs: number, outputs: number, blockInputs: number, blockOutputs: number): ScaleGrid {
  for (const group of [blockInputs, blockOutputs])
    if (!Number.isInteger(group) || group < 1) throw new RangeError(`A group of weights has a whole number of members, not ${group}.`);
  const across = Math.ceil(outputs / blockOutputs);
  const height = Math.min(blockInputs, inputs);
  return {
    outputs,
    blockInputs: height,
    blockOutputs: Math.min(blockOutputs, outputs),
    across,
    scales: across * Math.ceil(inputs / height),
  };
}

/** The number of the scale of element `i`. */
export function scaleOf({ outputs, blockInputs, blockOutputs, across }: ScaleGrid, i: number): number {
  return Math.floor(Math.floor(i / outputs) / blockInputs) * across + Math.floor((i % outputs) / blockOutputs);
}
