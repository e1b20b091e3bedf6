import type { ScaleGrid } from './scale-grid';

/**
 * The block whose quantizer the pictures show where there are many: one in the middle. The inputs of a dense layer are often the
 * pixels of a square image, whose edges are always dark and whose weights never move; so it is the middle of the middle row.
 */
export function shownBlock({ scales, across }: ScaleGrid): number {
  const down = scales / across;
  const row = Math.min(down - 1, Math.floor(down / 2) + Math.floor(Math.sqrt(down) / 2));
  return row * across + Math.floor(across / 2);
}

/** The elements that share a scale, in their order; the array itself if all do. @param block number of the scale, row by row */
export function blockMembers<T extends Float32Array | Int32Array>(values: T, grid: ScaleGrid, block: number): T {
  if (grid.scales === 1) return values;
  const { outputs, blockInputs, blockOutputs, across, period } = grid;
  const [down, right] = [Math.floor(block / across), block % across];
  const [from, to] = [right * blockOutputs, Math.min(outputs, (right + 1) * blockOutputs)];
  const inputs = values.length / outputs;
  const members: number[] = [];
  for (let input = 0; input < inputs; input++) {
    if (Math.floor((input % period) / blockInputs) !== down) continue;
    for (let output = from; output < to; output++) members.push(values[input * outputs + output] as number);
  }
  return (values instanceof Int32Array ? Int32Array.from(members) : Float32Array.from(members)) as T;
}
