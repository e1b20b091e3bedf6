import type { Dataset } from '../../datasets/types';
import { buildModel, modelProblem } from '../../experiment/methods/models/registry';
import { macCount, weightsLabel } from '../../experiment/operators/layers';
import { markedSteps, plannedTraining, type Step, unroll } from '../../experiment/program/unroll';
import { trainingSteps, trains } from '../../experiment/stages/registry';
import type { BackendInfo, Checkpoint, EarlyStop, RunEvent } from '../../experiment/types/events';
import type { Experiment, Stage } from '../../experiment/types/experiment';
import type { Arrays } from '../../experiment/types/model-state';
import { gpuBackend } from '../device/gpu-program';
import { createEvaluator } from '../evaluation/create-evaluator';
import type { Evaluator } from '../evaluation/evaluator';
import { Feeder } from '../images/feeder';
import { GpuImages } from '../images/gpu-images';
import { Inspector } from '../inspection/inspector';
import { Network } from '../network/network';
import { survivorsOf } from '../pruning/survivors';
import { stageImplementation } from '../stages/registry';
import { emptyMemory, type Memory, mark } from '../state/memory';
import { readModel, restoreModel } from '../state/model-state';
import { type Snapshot, type StoredModel, storeModel } from '../state/store-model';
import { allFinite, divergence, type Failure } from '../training/divergence';
import { defaultControl, type RunControl, type StageContext, type StageResult } from '../training/stage-context';
import { type Measured, measureModel } from './measurement';
import { Tally } from './tally';

export interface RunOptions {
  readonly backend: BackendInfo;
  /** For the record. */
  readonly url: string;
  readonly control?: RunControl;
  /** Continue from here instead of from the start. */
  readonly from?: Checkpoint;
  /** Receives the model file each time it is written: after every stage. */
  readonly onModel?: (bytes: Uint8Array) => void;
  /** Receives the model as the file would hold it now, each time a stage is inspected on its way. */
  readonly onInspected?: (bytes: Uint8Array, stage: number) => void;
}

/** Runs an experiment. Pull to continue, stop pulling to pause, `return()` to stop; nothing happens in between. */
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

/** One execution: the network, what feeds and measures it, and what the run adds up. */
class Session {
  private readonly network: Network;
  private readonly feeder: Feeder;
  private readonly evaluator: Evaluator;
  private readonly inspector: Inspector;
  private readonly tally: Tally;
  private readonly control: RunControl;
  private readonly program: readonly Step[];
  private readonly memory: Memory = emptyMemory();
  private stored: StoredModel | undefined;
  private measured: Measured | undefined;

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
    this.inspector = new Inspector(this.network);
    this.tally = new Tally(options.from, options.backend.name);
    this.control = options.control ?? defaultControl();
    this.program = unroll(experiment.stages);
  }

  dispose(): void {
    this.evaluator.dispose();
    this.network.dispose();
  }

  async *run(): AsyncGenerator<RunEvent> {
    const { experiment, options, network, program, memory, tally } = this;
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
    // Nothing to do: the network is measured as it is. Unless a stage left it so, that is the result.
    if (!ran) {
      const index = Math.max(0, program.length - 1);
      yield* this.measure(index, options.from ? undefined : 'start', { steps: 0, completed: true }, performance.now());
    }
    yield { type: 'done', record: tally.record(experiment, options, network, this.stored, this.measured) };
  }

  private async *stage(stage: Stage, index: number, from: Checkpoint | undefined): AsyncGenerator<RunEvent, boolean> {
    const { tally } = this;
    const began = performance.now();
    yield { type: 'stageStarted', stage: index, kind: stage.kind, steps: trainingSteps(stage), stepsBefore: tally.steps };
    const result = yield* stageImplementation(stage.kind).run(stage, this.context(stage, index, from));
    if (!result.completed) return false;
    tally.steps += result.steps;
    if (!(yield* this.measure(index, stage.kind, result, began))) return false;
    yield { type: 'snapshot', checkpoint: await this.checkpoint(index + 1, 0, {}) };
    return true;
  }

  private context(stage: Stage, index: number, from: Checkpoint | undefined): StageContext {
    const { experiment, dataset, options, network, memory, feeder, evaluator, control, tally } = this;
    const stepsBefore = tally.steps;
    const ordinal = this.program.slice(0, index).filter((step) => step.stage.on && trains(step.stage)).length;
    const marks = markedSteps(experiment.stages)
      .map((step) => step - stepsBefore)
      .filter((step) => step > 0 && step <= trainingSteps(stage));
    return {
      ...{ experiment, dataset, network, memory, feeder, evaluator, control, index, ordinal, stepsBefore, marks },
      from: from?.step ?? 0,
      slots: from?.optimizer ?? {},
      best: from?.best,
      recentLosses: tally.recentLosses,
      mark: (step) => mark(memory, network, stepsBefore + step),
      inspect: async (step) => {
        const stored = await this.store(index, stepsBefore + step);
        if ('type' in stored) return stored;
        options.onInspected?.(stored.bytes, index);
        return this.inspect(index, stepsBefore + step, stored, step);
      },
      checkpoint: (step, optimizer, best) => this.checkpoint(index, step, optimizer, best),
    };
  }

  /** The model as the file holds it, or why it cannot be written. */
  private async store(stage: number, globalStep: number): Promise<Snapshot | Failure> {
    const latent = await this.network.read();
    if (!allFinite(latent)) return divergence('weights', globalStep, this.program[stage]?.stage);
    return { ...(await storeModel(this.experiment, this.network, latent, this.memory.storage)), latent };
  }

  /** @param step steps of the stage that are done */
  private inspect(index: number, globalStep: number, stored: Snapshot, step: number): Promise<RunEvent> {
    const stage = this.program[index]?.stage;
    return this.inspector.inspect({ stage: index, globalStep }, stored, step, stage && trains(stage) ? step / trainingSteps(stage) : 0);
  }

  /**
   * Writes the model file, measures the network on the values in it, and sums up the stage if `kind` names one.
   * Gives false after a `failed` event.
   */
  private async *measure(index: number, kind: string | undefined, result: StageResult, began: number): AsyncGenerator<RunEvent, boolean> {
    const { experiment, dataset, feeder, evaluator, tally } = this;
    const stored = await this.store(index, tally.steps);
    if ('type' in stored) {
      yield stored;
      return false;
    }
    this.stored = stored;
    this.options.onModel?.(stored.bytes);
    yield await this.inspect(index, tally.steps, stored, result.steps);
    this.measured = yield* measureModel({ experiment, dataset, feeder, evaluator }, stored, { stage: index, globalStep: tally.steps });
    if (kind !== undefined) {
      const kept = await survivorsOf(this.network, index);
      const macs = macCount(this.network.layers, this.network.input);
      yield { type: 'stageDone', summary: tally.add({ stage: index, kind, macs, ...(kept && { kept }) }, result, this.measured, began) };
    }
    return true;
  }

  private async checkpoint(stage: number, step: number, optimizer: Arrays, best?: EarlyStop): Promise<Checkpoint> {
    return { stage, step, model: await readModel(this.network, this.memory), optimizer, ...(best && { best }), ...this.tally.state };
  }
}
