import type { Dataset } from '../../datasets/types';
import { buildModel, modelProblem } from '../../experiment/methods/models/registry';
import { macCount, weightsLabel } from '../../experiment/operators/layers';
import { markedSteps, plannedTraining, type Step, unroll } from '../../experiment/program/unroll';
import { trainingSteps, trains } from '../../experiment/stages/registry';
import type { BackendInfo, Checkpoint, RunEvent, RunRecord, StageSummary } from '../../experiment/types/events';
import type { Experiment, Stage } from '../../experiment/types/experiment';
import { sha256Hex } from '../../numerics/coding/checksums';
import { gpuBackend } from '../device/gpu-program';
import { createEvaluator } from '../evaluation/create-evaluator';
import { evaluate, test } from '../evaluation/evaluate';
import type { Evaluator } from '../evaluation/evaluator';
import { Feeder } from '../images/feeder';
import { GpuImages } from '../images/gpu-images';
import { inspectLayers, weightTiles } from '../inspection/inspect-layers';
import { QuantizerInspector } from '../inspection/inspect-quantizer';
import { Network } from '../network/network';
import { stageImplementation } from '../stages/registry';
import { emptyMemory, type Memory, mark } from '../state/memory';
import { readModel, restoreModel } from '../state/model-state';
import { codeUse, identity, nonZeroWeights, type StoredModel, storeModel } from '../state/store-model';
import { allFinite, divergence, type Failure } from '../training/divergence';
import type { RunControl, StageContext, StageResult } from '../training/stage-context';

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

/** For runs that nobody looks into and nobody interrupts for long: no inspections of the weights, no checkpoints but behind stages. */
export const unseenControl = (): RunControl => ({
  ...defaultControl(),
  inspectEveryMs: Number.POSITIVE_INFINITY,
  checkpointEveryMs: Number.POSITIVE_INFINITY,
});

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
  private readonly program: readonly Step[];
  private readonly memory: Memory = emptyMemory();
  private readonly summaries: StageSummary[];
  private readonly recentLosses: number[];
  private readonly inspections = new QuantizerInspector();
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
    this.program = unroll(experiment.stages);
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

  async *run(): AsyncGenerator<RunEvent> {
    const { experiment, options, network, program, memory } = this;
    if (options.from) await restoreModel(network, memory, options.from.model);
    const layers = network.weights.map(({ spec, latent }) => ({ name: weightsLabel(spec), kernelShape: spec.shape, weights: latent.size }));
    yield { type: 'started', backend: options.backend, layers, totalSteps: plannedTraining(experiment) };
    let ran = false;
    for (let index = options.from?.stage ?? 0; index < program.length; index++) {
      const stage = program[index]?.stage;
      if (!stage?.on) continue;
      ran = true;
      if (!(yield* this.stage(stage, index, index === options.from?.stage ? options.from : undefined))) return;
    }
    // Nothing to do: the network as it stands is measured, and unless it is what a stage left, that is the result.
    if (!ran)
      yield* this.measure(
        Math.max(0, program.length - 1),
        options.from ? undefined : 'start',
        { steps: 0, completed: true },
        performance.now(),
      );
    yield { type: 'done', record: this.record() };
  }

  private async *stage(stage: Stage, index: number, from: Checkpoint | undefined): AsyncGenerator<RunEvent, boolean> {
    const began = performance.now();
    const implementation = stageImplementation(stage.kind);
    yield { type: 'stageStarted', stage: index, kind: stage.kind, steps: trainingSteps(stage), stepsBefore: this.steps };
    const result = yield* implementation.run(stage, this.context(stage, index, from));
    if (!result.completed) return false;
    this.steps += result.steps;
    if (!(yield* this.measure(index, stage.kind, result, began))) return false;
    yield { type: 'snapshot', checkpoint: await this.checkpoint(index + 1, 0, {}) };
    return true;
  }

  private context(stage: Stage, index: number, from: Checkpoint | undefined): StageContext {
    const { experiment, dataset, network, memory, feeder, evaluator, control, recentLosses } = this;
    const stepsBefore = this.steps;
    const ordinal = this.program.slice(0, index).filter((step) => step.stage.on && trains(step.stage)).length;
    const marks = markedSteps(experiment.stages)
      .map((step) => step - stepsBefore)
      .filter((step) => step > 0 && step <= trainingSteps(stage));
    return {
      experiment,
      dataset,
      network,
      memory,
      feeder,
      evaluator,
      control,
      index,
      ordinal,
      stepsBefore,
      from: from?.step ?? 0,
      slots: from?.optimizer ?? {},
      recentLosses,
      marks,
      mark: (step) => mark(memory, network, stepsBefore + step),
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
    if (!allFinite(latent)) return divergence('weights', globalStep, this.program[stage]?.stage);
    return { ...(await storeModel(this.experiment, this.network, latent, this.memory.storage)), latent };
  }

  /** @param step steps of the stage that are done */
  private async inspection(index: number, globalStep: number, stored: Snapshot, step: number): Promise<RunEvent> {
    const stage = this.program[index]?.stage;
    const progress = stage && trains(stage) ? step / trainingSteps(stage) : 0;
    const inspections = await this.inspections.take(this.network, stored.latent, stored, { globalStep, elapsed: step, progress });
    const layers = inspectLayers(this.network, stored.latent, stored, inspections);
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
    this.digest = sha256Hex(identity(this.experiment, stored), new Uint8Array(predicted.buffer));
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
      model: await readModel(this.network, this.memory),
      optimizer,
      summaries: [...this.summaries],
      recentLosses: [...this.recentLosses],
      seconds: this.seconds,
    };
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
