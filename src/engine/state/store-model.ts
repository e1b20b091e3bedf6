/** From latent values to the model file and back: what is measured is what the file holds. */

import { architectureNotes } from '../../experiment/methods/models/architecture';
import { buildModel } from '../../experiment/methods/models/registry';
import { modelSize } from '../../experiment/operators/layers';
import type { CodeUse } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import type { Arrays } from '../../experiment/types/model-state';
import { levelOrder } from '../../numerics/container/encoding';
import { decodeTensor, readModelFile, writeModelFile } from '../../numerics/container/model-file';
import type { StoredRole } from '../../numerics/container/section';
import type { StorageChoice } from '../../numerics/container/store-tensor';
import type { StoredTensor } from '../../numerics/container/stored-tensor';
import { distinctLevels } from '../../numerics/measures/histogram';
import type { Ledger } from '../../numerics/measures/ledger';
import type { Network } from '../network/network';
import { readState, readStates } from '../parametrizations/parametrization';
import { keptOf, stored } from '../parametrizations/stack';

export interface StoredModel {
  readonly bytes: Uint8Array;
  readonly ledger: Ledger;
  readonly tensors: readonly StoredTensor[];
  /** Values by parameter name, as read back from `bytes`. */
  readonly decoded: Readonly<Record<string, Float32Array>>;
  /** Which weights are not pruned, a byte for each, by parameter name; absent where none is. */
  readonly kept: Readonly<Record<string, Uint8Array>>;
}

/** The stored model with the latent values that it was made from. */
export type Snapshot = StoredModel & { readonly latent: Arrays };

const roles: Readonly<Record<string, StoredRole>> = { weights: 'weight', bias: 'bias' };

/** Writes the model file for these latent values and reads it back. The ledger counts against the model before any rewrite. */
export async function storeModel(
  experiment: Experiment,
  network: Network,
  latent: Readonly<Record<string, Float32Array>>,
  storage: StorageChoice = {},
): Promise<StoredModel> {
  const { model } = experiment;
  const { input, classes, layers } = network;
  const { tensors, kept } = await storedTensors(network, latent, storage);
  const original = modelSize(buildModel(model, input, classes), input);
  const { bytes, ledger } = writeModelFile(architectureNotes(model, { input, classes, layers }), tensors, original);
  const read = readModelFile(bytes);
  const decoded = Object.fromEntries(read.tensors.map((tensor) => [tensor.name, decodeTensor(tensor)]));
  return { bytes, ledger, tensors, decoded, kept };
}

async function storedTensors(
  network: Network,
  latent: Readonly<Record<string, Float32Array>>,
  storage: StorageChoice,
): Promise<{ readonly tensors: readonly StoredTensor[]; readonly kept: Readonly<Record<string, Uint8Array>> }> {
  const tensors: StoredTensor[] = [];
  const kept: Record<string, Uint8Array> = {};
  for (const { spec, parametrizations } of network.parameters) {
    const { name, role, shape } = spec;
    const values = latent[name] ?? new Float32Array();
    const states = await readStates(parametrizations);
    tensors.push({ name, role: roles[role] ?? 'statistic', shape, ...stored(parametrizations, shape, values, states, storage) });
    const mask = keptOf(parametrizations, states);
    if (mask) kept[name] = mask;
  }
  for (const { layer, input } of network.linearLayers) {
    const values = input?.stored(await readState(input));
    if (values?.length)
      tensors.push({ name: `${layer}/input`, role: 'range', shape: [values.length], encoding: { kind: 'float32', values } });
  }
  return { tensors, kept };
}

/**
 * What the digest of a run is of: the file with nothing but the model's name in its notes. How the notes describe the layers may
 * change with versions of the format; the tensors are what the network is.
 */
export function identity({ model }: Experiment, { tensors }: Pick<StoredModel, 'tensors'>): Uint8Array {
  return writeModelFile({ model: model.id }, tensors).bytes;
}

/** Distinct codes over all quantized tensors, and tensor by tensor; undefined if none is quantized. */
export function codeUse(tensors: readonly StoredTensor[]): (CodeUse & { tensors: Record<string, CodeUse> }) | undefined {
  const all = new Set<number>();
  const each: Record<string, CodeUse> = {};
  for (const { name, shape, encoding, support } of tensors) {
    if (encoding.kind === 'float32') continue;
    // Levels of a uniform quantizer are counted from its zero-point; other codes mean nothing by themselves.
    const codes = encoding.kind === 'uniform' ? levelOrder(encoding, shape) : encoding.codes;
    const own = codes ?? encoding.codes;
    const { values } = distinctLevels(support ? own.filter((_, i) => support.kept[i] === 1) : own);
    for (const code of values) all.add(code);
    each[name] = summary(values);
  }
  return all.size > 0 ? { ...summary(Float32Array.from(all).sort()), tensors: each } : undefined;
}

/** Weights (no biases) that the file stores as something else than 0. */
export function nonZeroWeights({ tensors, decoded }: Pick<StoredModel, 'tensors' | 'decoded'>): number {
  let count = 0;
  for (const { name, role } of tensors) if (role === 'weight') for (const value of decoded[name] ?? []) if (value !== 0) count++;
  return count;
}

function summary(ascending: Float32Array): CodeUse {
  return { uniqueCodes: ascending.length, codeMin: ascending[0] ?? 0, codeMax: ascending.at(-1) ?? 0 };
}
