import * as tf from '@tensorflow/tfjs-core';
import { weightsLabel } from '../../experiment/operators/layers';
import { levelOrder } from '../../numerics/container/encoding';
import { LevelFlips } from '../../numerics/inspection/level-flips';
import { inspectQuantizer, type QuantizerInspection } from '../../numerics/inspection/quantizer-inspection';
import type { Ledger } from '../../numerics/measures/ledger';
import { readTensor } from '../device/gpu-program';
import { eagerContext, type StepContext } from '../device/step-context';
import { STORED_STEP } from '../device/step-table';
import { assign } from '../kernels/shared/assign';
import type { Network } from '../network/network';
import type { Parameter } from '../network/parameter';
import type { Parametrization } from '../parametrizations/parametrization';
import { seenThrough } from '../parametrizations/stack';
import type { StoredModel } from '../state/store-model';

/** Where in the training an inspection is taken. */
export interface InspectionTime {
  /** Over all stages. */
  readonly globalStep: number;
  /** Steps of this stage before. */
  readonly elapsed: number;
  /** elapsed / steps of the stage. */
  readonly progress: number;
}

/** Inspects the weights of every quantized layer, and remembers the levels from one inspection to the next. */
export class QuantizerInspector {
  private readonly seen = new Map<
    string,
    { readonly stage: number; readonly flips: LevelFlips; step: number; last: QuantizerInspection['flips'] }
  >();

  /** @returns what the pictures of each quantized layer are drawn from, by layer */
  async take(
    network: Network,
    latent: Readonly<Record<string, Float32Array>>,
    { tensors, decoded, ledger, kept }: Pick<StoredModel, 'tensors' | 'decoded' | 'ledger' | 'kept'>,
    time: InspectionTime,
  ): Promise<ReadonlyMap<string, QuantizerInspection>> {
    const inspections = new Map<string, QuantizerInspection>();
    const context = eagerContext(network.seed, STORED_STEP, { elapsed: time.elapsed, progress: time.progress, lr: 0 });
    for (const parameter of network.weights) {
      const { name } = parameter.spec;
      const layer = weightsLabel(parameter.spec);
      const tensor = tensors.find((stored) => stored.name === name);
      const [values, stored] = [latent[name], decoded[name]];
      if (!tensor || tensor.encoding.kind === 'float32' || !values || !stored) continue;
      const gradient = await surrogateGradient(parameter, context);
      const stepping = parameter.parametrizations.find(({ kind }) => kind === 'quantizer')?.stepping;
      const inspection = inspectQuantizer(tensor, { latent: values, stored, gradient, kept: kept[name] }, overhead(ledger, name), stepping);
      const levels = levelOrder(tensor.encoding, tensor.shape);
      if (inspection && levels)
        inspections.set(layer, { ...inspection, flips: this.flips(layer, parameter.parametrizations, levels, time.globalStep) });
    }
    return inspections;
  }

  private flips(
    layer: string,
    parametrizations: readonly Parametrization[],
    levels: Int32Array,
    step: number,
  ): QuantizerInspection['flips'] {
    const stage = parametrizations.at(-1)?.stage ?? -1;
    let seen = this.seen.get(layer);
    if (seen?.stage !== stage) {
      seen = { stage, flips: new LevelFlips(), step, last: null };
      this.seen.set(layer, seen);
    } else if (seen.step === step) {
      return seen.last;
    }
    const flips = seen.flips.next(levels);
    seen.last = flips && { ...flips, steps: step - seen.step };
    seen.step = step;
    return seen.last;
  }
}

/**
 * The gradient that training would send through a parameter's parametrizations to each latent weight, if each weight that the layer sees had
 * the gradient 1.
 */
export async function surrogateGradient({ latent, parametrizations }: Parameter, context: StepContext): Promise<Float32Array> {
  const arrays = parametrizations.flatMap((parametrization) => parametrization.arrays);
  const gradient = tf.tidy(() => {
    // In training some parametrizations write what they observe into their arrays; looking must leave no trace.
    const kept = arrays.map(({ variable }) => tf.add(variable, 0));
    // A parametrization may give its input itself, which tfjs does not take for a function of it.
    const through = (values: tf.Tensor) => tf.mul(seenThrough(parametrizations, values, context), 1);
    const result = tf.grad(through)(latent, tf.onesLike(latent));
    arrays.forEach(({ variable }, i) => {
      assign(variable, kept[i] as tf.Tensor);
    });
    return result;
  });
  try {
    return await readTensor(gradient);
  } finally {
    gradient.dispose();
  }
}

/** Bits that a tensor takes in the file beside its codes. */
function overhead({ parts }: Ledger, tensor: string): number {
  return parts.reduce((sum, part) => sum + (part.tensor === tensor && part.kind !== 'codes' ? part.bits : 0), 0);
}
