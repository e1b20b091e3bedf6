/** For tests: a few training steps of a small network, eagerly or captured. */
import type { Dataset } from '../../datasets/types';
import { buildModel } from '../../experiment/methods/models/registry';
import type { LayerSpec } from '../../experiment/operators/layers';
import type { ModelBlock, Stage, TrainStage } from '../../experiment/types/experiment';
import { readTensor } from '../device/gpu-program';
import { Feeder } from '../images/feeder';
import { initialValues } from '../network/initialize';
import { Network } from '../network/network';
import { installParametrization, type Parametrization, type ParametrizationSetup, readState } from '../parametrizations/parametrization';
import { stageImplementation } from '../stages/registry';
import { labelsOf } from '../stages/train';
import { emptyMemory } from '../state/memory';
import { CapturedSteps } from '../training/captured-steps';
import { EagerSteps } from '../training/create-steps';
import type { Objective } from '../training/objective';
import type { StageContext } from '../training/stage-context';
import type { StepSetup, Steps } from '../training/steps';
import { parametrizationSetup } from './parametrization-setup';
import { tinyDataset } from './tiny-dataset';
import { tinyExperiment, tinyMlp, train } from './tiny-run';
import { testGpu } from './webgpu-test-backend';

export interface TrainingCase {
  readonly model?: ModelBlock;
  /** Instead of `model`. */
  readonly layers?: readonly LayerSpec[];
  readonly dataset?: Dataset;
  /** Of the training stage: optimizer, lr, batch, weightDecay. */
  readonly values?: Parameters<typeof train>[0];
  /** A parametrization for each kernel, given what a stage would pass to its factory. */
  readonly parametrization?: (setup: ParametrizationSetup<never>) => Parametrization;
  /** Whatever else a stage would install. */
  readonly prepare?: (network: Network, feeder: Feeder) => void | Promise<void>;
  /** The stage's labels over the network's weights, if absent. */
  readonly objective?: (network: Network) => Objective;
}

export type StepKind = 'captured' | 'eager';

const defaultDataset = tinyDataset();

/** A `prepare` that leaves the network as these stages do, by their own code. */
export function behind(...stages: readonly Stage[]): TrainingCase['prepare'] {
  return async (network, feeder) => {
    const memory = emptyMemory();
    const experiment = tinyExperiment(stages);
    for (const [index, stage] of stages.entries()) {
      const turns = stageImplementation(stage.kind).run(stage, { experiment, network, feeder, memory, index } as StageContext);
      while (!(await turns.next()).done);
    }
  };
}

export interface Started {
  readonly network: Network;
  readonly steps: Steps;
  readonly objective: Objective;
}

/** A network with its steps; the caller disposes both. */
export async function startTraining(kind: StepKind, training: TrainingCase): Promise<Started> {
  const { dataset = defaultDataset, model = tinyMlp, values, parametrization } = training;
  const layers = training.layers ?? buildModel(model, dataset.shape, dataset.classes.length);
  const network = new Network(layers, dataset.shape, 1);
  for (const { spec, parametrizations } of parametrization ? network.weights : []) {
    const { shape, fanIn, fanOut, stream: index } = spec;
    const latent = initialValues(spec, index, 1);
    if (parametrization)
      installParametrization(parametrizations, parametrization(parametrizationSetup({}, { shape, fanIn, fanOut, index, latent })));
  }
  const feeder = new Feeder(dataset, 'standard', 1);
  await training.prepare?.(network, feeder);
  const stage = train({ batch: 8, ...values }) as TrainStage;
  const objective = training.objective?.(network) ?? labelsOf(stage, network);
  const setup: StepSetup = { objective, feeder, stage, seed: 1, ordinal: 0, slots: {} };
  const steps = kind === 'eager' ? new EagerSteps(setup) : CapturedSteps.create(testGpu(), setup);
  if (!steps) throw new Error('The images do not fit the device.');
  return { network, steps, objective };
}

export interface Trained {
  readonly loss: Float32Array;
  readonly accuracy: Float32Array;
  readonly parameters: Readonly<Record<string, Float32Array>>;
  readonly slots: Readonly<Record<string, Float32Array>>;
  /** What the optimizer updates. */
  readonly learned: Readonly<Record<string, Float32Array>>;
  /** The parametrizations' arrays, by place and name. */
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

/** Trains from the start; captured steps in two turns, so that a second turn is tested too. */
export async function trained(kind: StepKind, training: TrainingCase, count: number): Promise<Trained> {
  const { network, steps, objective } = await startTraining(kind, training);
  try {
    const first = Math.ceil(count / 3);
    const turns = [await steps.run(0, first), await steps.run(first, count - first)];
    const join = (field: 'loss' | 'accuracy') => Float32Array.from(turns.flatMap((turn) => [...turn[field]]));
    return {
      loss: join('loss'),
      accuracy: join('accuracy'),
      parameters: await network.read(),
      slots: await steps.slots(),
      learned: await learnedOf(objective),
      arrays: await arraysOf(network),
    };
  } finally {
    steps.dispose();
    network.dispose();
  }
}

async function learnedOf({ learned }: Objective): Promise<Record<string, Float32Array>> {
  const entries = learned.map(async ({ name, variable }) => [`learned ${name}`, await readTensor(variable)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function arraysOf(network: Network): Promise<Record<string, Float32Array>> {
  const found: Record<string, Float32Array> = {};
  for (const [i, parametrization] of network.parametrizations.entries()) {
    for (const [name, values] of Object.entries(await readState(parametrization))) found[`parametrization ${i} ${name}`] = values;
  }
  return found;
}

/** The same layers with about a `factor`-th of the units and filters: the same kernels in the same order, in less time. */
export function narrowed(layers: readonly LayerSpec[], factor: number): LayerSpec[] {
  const narrow = (width: number) => Math.max(2, Math.round(width / factor));
  return layers.map((layer, i) => {
    if (layer.type === 'conv') return { ...layer, filters: narrow(layer.filters) };
    if (layer.type === 'skip' && layer.filters) return { ...layer, filters: narrow(layer.filters) };
    if (layer.type === 'dense' && i < layers.length - 1) return { ...layer, units: narrow(layer.units) };
    return layer;
  });
}

/** Names of the arrays in which two trainings differ in at least one bit, with the largest difference. */
export function differences(a: Trained, b: Trained): string[] {
  const all = (result: Trained) => ({
    loss: result.loss,
    accuracy: result.accuracy,
    ...result.parameters,
    ...result.slots,
    ...result.learned,
    ...result.arrays,
  });
  const [left, right] = [all(a), all(b)] as [Record<string, Float32Array>, Record<string, Float32Array>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((name) => {
    const [x, y] = [left[name], right[name]];
    if (!x || !y || x.length !== y.length) return [`${name}: not in both`];
    let largest = 0;
    for (let i = 0; i < x.length; i++) if (!Object.is(x[i], y[i])) largest = Math.max(largest, Math.abs(x[i]! - y[i]!) || Number.MIN_VALUE);
    return largest === 0 ? [] : [`${name}: ${largest}`];
  });
}
