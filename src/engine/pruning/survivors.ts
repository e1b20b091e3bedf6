import type { Survivors } from '../../experiment/types/events';
import { keptCount } from '../../numerics/pruning/mask';
import type { Network } from '../network/network';
import { readStates } from '../parametrizations/parametrization';
import { keptOf } from '../parametrizations/stack';

/** What the masks keep that this step of the run installed; undefined if it installed none. */
export async function survivorsOf({ weights, input, layers: [first] }: Network, stage: number): Promise<Survivors | undefined> {
  const layers: Record<string, number> = {};
  let of = 0;
  let inputs: readonly number[] | undefined;
  for (const [i, { spec, parametrizations }] of weights.entries()) {
    if (!parametrizations.some((own) => own.kind === 'mask' && own.stage === stage)) continue;
    const kept = keptOf(parametrizations, await readStates(parametrizations));
    if (!kept) continue;
    layers[spec.name] = keptCount(kept, kept.length);
    of += kept.length;
    // Rows of a matrix are the inputs of its layer.
    const [rows = 0, columns = 0] = spec.shape;
    const seesImage = first?.type === 'flatten' && spec.shape.length === 2 && rows === input.height * input.width * input.channels;
    if (i === 0 && seesImage)
      inputs = Array.from({ length: rows }, (_, row) => keptCount(kept.subarray(row * columns, (row + 1) * columns), columns));
  }
  return of === 0 ? undefined : { of, layers, ...(inputs && { inputs }) };
}
