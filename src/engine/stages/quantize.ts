import * as tf from '@tensorflow/tfjs-core';
import type { ParameterRole } from '../../experiment/operators/operator';
import { operatorOf } from '../../experiment/operators/registry';
import { defaultStage } from '../../experiment/program/defaults';
import type { Stage } from '../../experiment/types/experiment';
import { RangeObserver } from '../../numerics/calibration/calibration';
import { readTensor } from '../device/gpu-program';
import { notTraining } from '../device/step-context';
import { eachBatch } from '../images/each-batch';
import type { Feeder } from '../images/feeder';
import type { Network } from '../network/network';
import { foldable, foldBatchNorm } from '../rewrites/fold-batch-norm';
import { installActivations, installGradients, installWeights, removeQuantizers } from '../state/install';
import { rewriteModel } from '../state/rewrite-model';
import type { SketchContext } from '../training/stage-context';
import type { StageImplementation } from './stage';

/** What flows into every linear layer, over some images of the training set. @returns an observer for each layer, by name */
export async function observeActivations(network: Network, feeder: Feeder, samples: number): Promise<ReadonlyMap<string, RangeObserver>> {
  const observers = new Map(network.linearLayers.map(({ layer }) => [layer, new RangeObserver()]));
  await eachBatch(feeder, samples, async (images) => {
    const seen = new Map<string, tf.Tensor>();
    tf.tidy(() => {
      const observe = (layer: string, input: tf.Tensor) => seen.set(layer, tf.keep(tf.clone(input)));
      network.forward(images, { ...notTraining, observe });
    });
    for (const [layer, input] of seen) {
      observers.get(layer)?.add(await readTensor(input));
      input.dispose();
    }
  });
  return observers;
}

type Observers = ReadonlyMap<string, RangeObserver>;

/** Installs the quantizers: what follows trains through them, and the file stores their codes. */
export const quantizeStage: StageImplementation = {
  // biome-ignore lint/correctness/useYield: the stage is over in one turn; its results are reported by run().
  async *run(stage, context) {
    const { network, feeder } = context;
    await prepare(stage, context);
    const observers = stage.activations === 'none' ? new Map() : await observeActivations(network, feeder, Number(stage.samples));
    await install(stage, context, observers);
    return { steps: 0, completed: true };
  },
  async sketch(stage, context) {
    await prepare(stage, context);
    await install(stage, context, new Map());
  },
};

/** Takes away what an earlier stage installed, and folds batch norm if asked. */
async function prepare(stage: Stage, { network, memory }: SketchContext): Promise<void> {
  removeQuantizers(network);
  if (stage.fold && foldable(network.layers).length > 0) await rewriteModel(network, memory, foldBatchNorm);
}

async function install(stage: Stage, { network, memory, index }: SketchContext, observers: Observers): Promise<void> {
  const latent = await network.read();
  const exempt = exemptLayers(String(stage.exempt), network);
  const chosen = network.parameters.filter(({ spec }) => isQuantized(spec.role, stage) && !exempt.has(spec.layer));
  const elements = chosen.reduce((sum, parameter) => sum + parameter.latent.size, 0);
  for (const { spec, latent: variable } of chosen) {
    const own = spec.role === 'bias' && stage.biases === 'uniform';
    const settings = own ? biasValues(stage) : withBits(stage, memory.outcomes[`${spec.name}/bits`]);
    const place = { place: spec.name, method: String(settings.method), stage: index, settings, share: variable.size / elements };
    const first = await installWeights(network, place, latent[spec.name] ?? new Float32Array());
    if (first) network.write({ [spec.name]: first });
  }
  for (const { layer } of network.linearLayers) {
    if (exempt.has(layer)) continue;
    const place = { stage: index, settings: stage, share: 1 };
    const [input, gradient] = [String(stage.activations), String(stage.gradients)];
    if (input !== 'none') installActivations(network, { ...place, place: `${layer}/input`, method: input }, observers.get(layer));
    if (gradient !== 'none') installGradients(network, { ...place, place: `${layer}/gradient`, method: gradient });
  }
}

/** The stage's settings, with the bits that an earlier stage has given this parameter. */
function withBits(stage: Stage, given: Float32Array | undefined): Stage {
  return given && 'bits' in stage ? { ...stage, bits: given[0] ?? Number(stage.bits) } : stage;
}

function isQuantized(role: ParameterRole, stage: Stage): boolean {
  return role === 'weights' || (role === 'bias' && stage.biases !== 'float');
}

/** The uniform quantizer at its defaults, with the bits of biases. It takes hold when the others do. */
function biasValues({ biasBits = 8, delay = 0 }: Stage): Stage {
  return { ...defaultStage('quantize'), method: 'ste', bits: biasBits, delay };
}

function exemptLayers(exempt: string, { linearLayers, layers }: Network): ReadonlySet<string> {
  if (exempt === 'dense')
    return new Set(
      layers.flatMap((layer) => (operatorOf(layer).linear && !operatorOf(layer).image && 'name' in layer ? [layer.name] : [])),
    );
  const names = linearLayers.map(({ layer }) => layer);
  const first = exempt === 'first' || exempt === 'both' ? names.slice(0, 1) : [];
  const last = exempt === 'last' || exempt === 'both' ? names.slice(-1) : [];
  return new Set([...first, ...last]);
}
