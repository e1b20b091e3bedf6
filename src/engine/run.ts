import type { Dataset } from '../datasets/types';
import type { BackendInfo, Checkpoint, InstalledView, RunEvent, RunRecord, StageSummary } from '../experiment/events';
import { macCount } from '../experiment/layers';
import { buildModel, modelProblem } from '../experiment/models/registry';
import type { Experiment, Stage, TrainStage } from '../experiment/types';
import { sha256Hex } from '../numerics/digest';
import { createEvaluator } from './device/create-evaluator';
import type { Evaluator } from './device/evaluator';
import { GpuImages } from './device/gpu-images';
import { gpuBackend } from './device/gpu-program';
import { inspectLayers, weightTiles } from './inspect';
import { QuantizerLooks } from './inspect-quantizer';
import { evaluate, test } from './nn/evaluate';
import { Feeder } from './nn/feeder';
import { Network } from './nn/network';
import { allFinite, divergence, type Failure } from './stages/divergence';
import { stageImplementation } from './stages/registry';
import type { RunControl, StageContext, StageResult } from './stages/stage';
import { codeUse, nonZeroWeights, type StoredModel, storeModel } from './store';
import type { AnyView } from './views/view';
import { readState } from './views/view-array';

export interface RunOptions {
  readonly backend: BackendInfo;
  /** For the record. */
  readonly url: string;
  readonly control?: RunControl;
  /** Go on from here instead of from the start. */
  readonly from?: Checkpoint;
  /** Receives the model file each time it is written: after every stage. */
  readonly onModel?: (bytes: Uint8Array) => void;
}

export const defaultControl = (): RunControl => ({
  maxSteps: 1000,
  turnMs: 100,
  inspectEveryMs: 500,
  checkpointEveryMs: 10_000,
});

/** For runs that nobody looks into and nobody interrupts for long: no looks at the weights, no checkpoints but behind stages. */
export const unseenControl = (): RunControl => ({
  ...defaultControl(),
  inspectEveryMs: Number.POSITIVE_INFINITY,
  checkpointEveryMs: Number.POSITIVE_INFINITY,
});

/** Training steps of all stages that are on. */
export function plannedSteps(stages: readonly Stage[]): number {
  return stages.reduce((sum, stage) => sum + (stage.on ? stageImplementation(stage.kind).steps(stage) : 0), 0);
}

/** Runs an experiment. Pull to go on, stop pulling to pause, `return()` to stop; nothing happens in between. */
export async function* run(experiment: Experiment, dataset: Dataset, options: RunOptions): AsyncGenerator<RunEvent> {
  // Only a person's own images can be too small or too large for the model. No backend is to blame, so nothing is thrown.
  const misfit = modelProblem(experiment.model, dataset.shape, dataset.classes.length);
  if (misfit) {
    yield { type: 'failed', message: misfit, advice: 'Choose another model, or open other images.' };
    return;
  }
  const session = new Session(experiment, dataset, options);
  try {
    yield* session.run();
  } finally {
    session.dispose();
  }
}

/** The stored model with the latent values that it was made from. */
type Snapshot = StoredModel & { readonly latent: Readonly<Record<string, Float32Array>> };

class Session {
  readonly network: Network;
  private readonly feeder: Feeder;
  private readonly evaluator: Evaluator;
  private readonly control: RunControl;
  private readonly summaries: StageSummary[];
  private readonly recentLosses: number[];
  private readonly looks = new QuantizerLooks();
  private readonly started = performance.now();
  private readonly secondsBefore: number;
  private steps: number;
  private digest = '';
  private inferenceMs = 0;
  private stored: StoredModel | undefined;

  constructor(
    private readonly experiment: Experiment,
    private readonly dataset: Dataset,
    private readonly options: RunOptions,
  ) {
    const gpu = gpuBackend();
    if (gpu) GpuImages.keepOnly(gpu, [dataset.train, dataset.test]);
    const layers = buildModel(experiment.model, dataset.shape, dataset.classes.length);
    this.network = new Network(layers, dataset.shape, experiment.seed);
    this.feeder = new Feeder(dataset, experiment.data.normalize, experiment.seed);
    this.evaluator = createEvaluator(this.network, this.feeder.affine);
    this.control = options.control ?? defaultControl();
    const { from } = options;
    this.summaries = [...(from?.summaries ?? [])];
    this.recentLosses = [...(from?.recentLosses ?? [])];
    this.secondsBefore = from?.seconds ?? 0;
    this.steps = from?.stepsBefore ?? 0;
  }

  dispose(): void {
    this.evaluator.dispose();
    this.network.dispose();
  }

  private async restore(from: Checkpoint): Promise<void> {
    this.network.write(from.parameters);
    for (const installed of from.views) {
      const stage = this.experiment.stages[installed.stage];
      if (stage) await stageImplementation(stage.kind).restore?.(stage, installed.stage, this.network, installed);
    }
  }

  async *run(): AsyncGenerator<RunEvent> {
    const { experiment, options, network } = this;
    const { stages } = experiment;
    if (options.from) await this.restore(options.from);
    const layers = network.kernels.map(({ spec, latent }) => ({ name: spec.layer, kernelShape: spec.shape, weights: latent.size }));
    yield { type: 'started', backend: options.backend, layers, totalSteps: plannedSteps(stages) };
    let ran = false;
    for (let index = options.from?.stage ?? 0; index < stages.length; index++) {
      const stage = stages[index];
      if (!stage?.on) continue;
      ran = true;
      if (!(yield* this.stage(stage, index, index === options.from?.stage ? options.from : undefined))) return;
    }
    // Nothing to do: the network as it stands is measured, and unless it is what a stage left, that is the result.
    if (!ran)
      yield* this.measure(
        Math.max(0, stages.length - 1),
        options.from ? undefined : 'start',
        { steps: 0, completed: true },
        performance.now(),
      );
    yield { type: 'done', record: this.record() };
  }

  private async *stage(stage: Stage, index: number, from: Checkpoint | undefined): AsyncGenerator<RunEvent, boolean> {
    const began = performance.now();
    const implementation = stageImplementation(stage.kind);
    yield { type: 'stageStarted', stage: index, kind: stage.kind, steps: implementation.steps(stage), stepsBefore: this.steps };
    const result = yield* implementation.run(stage, this.context(index, from));
    if (!result.completed) return false;
    this.steps += result.steps;
    if (!(yield* this.measure(index, stage.kind, result, began))) return false;
    yield { type: 'snapshot', checkpoint: await this.checkpoint(index + 1, 0, {}) };
    return true;
  }

  private context(index: number, from: Checkpoint | undefined): StageContext {
    const { experiment, dataset, network, feeder, evaluator, control, recentLosses } = this;
    const stepsBefore = this.steps;
    const ordinal = experiment.stages.slice(0, index).filter((stage) => stage.on && stage.kind === 'train').length;
    return {
      experiment,
      dataset,
      network,
      feeder,
      evaluator,
      control,
      index,
      ordinal,
      stepsBefore,
      from: from?.step ?? 0,
      slots: from?.optimizer ?? {},
      recentLosses,
      inspect: async (step) => {
        const stored = await this.store(index, stepsBefore + step);
        return 'type' in stored ? stored : this.inspection(index, stepsBefore + step, stored, step);
      },
      checkpoint: (step, optimizer) => this.checkpoint(index, step, optimizer),
    };
  }

  /** The model as the file holds it, or why it cannot be written. */
  private async store(stage: number, globalStep: number): Promise<Snapshot | Failure> {
    const latent = await this.network.read();
    if (!allFinite(latent)) return divergence('weights', globalStep, this.experiment.stages[stage]);
    return { ...(await storeModel(this.experiment, this.network, latent)), latent };
  }

  /** @param step steps of the stage that are done */
  private async inspection(index: number, globalStep: number, stored: Snapshot, step: number): Promise<RunEvent> {
    const stage = this.experiment.stages[index];
    const progress = stage?.kind === 'train' ? step / (stage as TrainStage).steps : 0;
    const looks = await this.looks.take(this.network, stored.latent, stored, { globalStep, elapsed: step, progress });
    const layers = inspectLayers(this.network, stored.latent, stored, looks);
    return {
      type: 'inspection',
      stage: index,
      globalStep,
      layers,
      tiles: weightTiles(this.network, stored.decoded),
      ledger: stored.ledger,
    };
  }

  /**
   * Measures the network on the values of the written file, and sums up the stage if `kind` names one.
   * Gives false if it had to say that the run failed.
   */
  private async *measure(index: number, kind: string | undefined, result: StageResult, began: number): AsyncGenerator<RunEvent, boolean> {
    const { dataset, feeder, evaluator } = this;
    const stored = await this.store(index, this.steps);
    if ('type' in stored) {
      yield stored;
      return false;
    }
    this.stored = stored;
    this.options.onModel?.(stored.bytes);
    yield await this.inspection(index, this.steps, stored, result.steps);
    await dataset.ready(dataset.train.count);
    const validation = await evaluate(evaluator, dataset.train, feeder.validation);
    yield { type: 'evaluation', stage: index, globalStep: this.steps, evaluation: validation };
    await dataset.testReady();
    const { report, predicted, ms } = await test(evaluator, dataset.test, dataset.classes.length, stored.decoded);
    this.inferenceMs = ms;
    this.digest = sha256Hex(stored.bytes, new Uint8Array(predicted.buffer));
    yield { type: 'test', stage: index, globalStep: this.steps, report };
    if (kind === undefined) return true;
    const summary: StageSummary = {
      stage: index,
      kind,
      steps: result.steps,
      valAccuracy: validation.accuracy,
      testAccuracy: report.accuracy,
      testLoss: report.loss,
      totalBits: stored.ledger.totalBits,
      seconds: (performance.now() - began) / 1000,
      ...(result.zeroUpdates && { zeroUpdates: result.zeroUpdates }),
    };
    this.summaries.push(summary);
    yield { type: 'stageDone', summary };
    return true;
  }

  private async checkpoint(stage: number, step: number, optimizer: Readonly<Record<string, Float32Array>>): Promise<Checkpoint> {
    return {
      stage,
      step,
      stepsBefore: this.steps,
      parameters: await this.network.read(),
      optimizer,
      views: await this.installedViews(),
      summaries: [...this.summaries],
      recentLosses: [...this.recentLosses],
      seconds: this.seconds,
    };
  }

  private async installedViews(): Promise<InstalledView[]> {
    const byStage = new Map<number, Record<string, Float32Array>>();
    const stateOf = (stage: number) => byStage.get(stage) ?? byStage.set(stage, {}).get(stage) ?? {};
    const add = async (place: string, view: AnyView) => {
      const state = stateOf(view.stage);
      for (const [name, values] of Object.entries(await readState(view))) state[`${place}/${name}`] = values;
    };
    const { parameters, products, folds } = this.network;
    for (const { spec, views } of parameters) for (const view of views) await add(spec.name, view);
    for (const { layer, input } of products) if (input) await add(`${layer}/input`, input);
    for (const stage of folds.values()) stateOf(stage);
    return [...byStage].sort(([a], [b]) => a - b).map(([stage, state]) => ({ stage, state }));
  }

  private get seconds(): number {
    return this.secondsBefore + (performance.now() - this.started) / 1000;
  }

  private record(): RunRecord {
    const { experiment, options, summaries, recentLosses, stored } = this;
    const last = summaries.at(-1);
    if (!stored || !last) throw new Error('A run without any measurement has no record.');
    return {
      experiment,
      url: options.url,
      backend: options.backend,
      seed: experiment.seed,
      steps: this.steps,
      testAccuracy: last.testAccuracy,
      valAccuracy: last.valAccuracy,
      trainLoss: recentLosses.length > 0 ? recentLosses.reduce((a, b) => a + b, 0) / recentLosses.length : null,
      stages: summaries,
      ledger: stored.ledger,
      nonZeros: nonZeroWeights(stored),
      macs: macCount(this.network.layers, this.network.input),
      inferenceMs: this.inferenceMs,
      codes: codeUse(stored.tensors),
      digest: this.digest,
      seconds: this.seconds,
    };
  }
}
