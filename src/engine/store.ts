/** From latent values to the model file and back: what is measured is what the file holds. */

import type { CodeUse } from '../experiment/events';
import type { Experiment } from '../experiment/types';
import { distinctLevels } from '../numerics/histogram';
import type { Ledger } from '../numerics/ledger';
import { levelOrder } from '../numerics/level-order';
import { decodeTensor, readModelFile, writeModelFile } from '../numerics/model-file';
import type { StoredRole, StoredTensor } from '../numerics/stored-tensor';
import type { Network } from './nn/network';
import { readState } from './views/view-array';

export interface StoredModel {
  readonly bytes: Uint8Array;
  readonly ledger: Ledger;
  readonly tensors: readonly StoredTensor[];
  /** Values by parameter name, as read back from `bytes`. */
  readonly decoded: Readonly<Record<string, Float32Array>>;
}

const roles: Readonly<Record<string, StoredRole>> = { kernel: 'weight', bias: 'bias' };

/** Writes the model file for these latent values and reads it back. */
export async function storeModel(
  experiment: Experiment,
  network: Network,
  latent: Readonly<Record<string, Float32Array>>,
): Promise<StoredModel> {
  const kept = network.parameters.filter(({ spec }) => !network.isFolded(spec.layer));
  const tensors: StoredTensor[] = [];
  for (const { spec, views } of kept) {
    const values = latent[spec.name] ?? new Float32Array();
    const top = views.at(-1);
    tensors.push({
      name: spec.name,
      role: roles[spec.role] ?? 'statistic',
      shape: spec.shape,
      encoding: top ? top.materialize(values, await readState(top)) : { kind: 'float32', values },
    });
  }
  for (const { layer, input } of network.products) {
    const values = input?.stored(await readState(input));
    if (values?.length)
      tensors.push({ name: `${layer}/input`, role: 'range', shape: [values.length], encoding: { kind: 'float32', values } });
  }
  const { bytes, ledger } = writeModelFile({ model: experiment.model.id }, tensors);
  const read = readModelFile(bytes);
  const decoded = Object.fromEntries(read.tensors.map((tensor) => [tensor.name, decodeTensor(tensor)]));
  return { bytes, ledger, tensors, decoded };
}

/** Distinct codes over all quantized tensors, and tensor by tensor; undefined if none is quantized. */
export function codeUse(tensors: readonly StoredTensor[]): (CodeUse & { tensors: Record<string, CodeUse> }) | undefined {
  const all = new Set<number>();
  const each: Record<string, CodeUse> = {};
  for (const { name, shape, encoding } of tensors) {
    if (encoding.kind === 'float32') continue;
    // Levels of a uniform quantizer are counted from its zero-point; other codes mean nothing by themselves.
    const codes = encoding.kind === 'uniform' ? levelOrder(encoding, shape) : encoding.codes;
    const { values } = distinctLevels(codes ?? encoding.codes);
    for (const code of values) all.add(code);
    each[name] = summary(values);
  }
  return all.size > 0 ? { ...summary(Float32Array.from(all).sort()), tensors: each } : undefined;
}

/** Weights (kernels, no biases) that the file stores as something else than 0. */
export function nonZeroWeights({ tensors, decoded }: Pick<StoredModel, 'tensors' | 'decoded'>): number {
  let count = 0;
  for (const { name, role } of tensors) if (role === 'weight') for (const value of decoded[name] ?? []) if (value !== 0) count++;
  return count;
}

function summary(ascending: Float32Array): CodeUse {
  return { uniqueCodes: ascending.length, codeMin: ascending[0] ?? 0, codeMax: ascending.at(-1) ?? 0 };
}
