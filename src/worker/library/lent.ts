import { datasetShape } from '../../experiment/methods/data';
import { buildModel } from '../../experiment/methods/models/registry';
import { parametersIn, shapedLayers } from '../../experiment/operators/layers';
import { isSameRun, sharedStages } from '../../experiment/program/prefix';
import type { Checkpoint } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import { sha256Hex } from '../../numerics/coding/checksums';
import { decodeTensor, readModelFile } from '../../numerics/container/model-file';
import type { LentStart } from '../protocol';
import type { Boundary } from './boundary';
import type { CheckpointLibrary } from './checkpoint-library';

/** The trained weights of a recorded run, lent to programs that begin like it until the person trains them. */
export class Lent {
  private start: { readonly experiment: Experiment; readonly boundary: Boundary } | undefined;

  constructor(private readonly library: CheckpointLibrary) {}

  /** A start that is not what it should be is as if there were none: the program has to be trained, as always. */
  take(start: LentStart): void {
    const boundary = boundaryOf(start);
    this.start = boundary && { experiment: start.experiment, boundary };
  }

  /**
   * Puts the recorded stage into the library, if this program begins with it and nobody has run it.
   * @returns true if the program is the recorded one itself: it is run live or not at all
   */
  offer(experiment: Experiment): boolean {
    const { start, library } = this;
    if (!start || sharedStages(start.experiment, experiment) < start.boundary.checkpoint.stage) return false;
    if (isSameRun(start.experiment, experiment)) return true;
    if (library.path(experiment).length === 0) library.put(experiment, start.boundary);
    return false;
  }

  /** The recorded stage of the recorded program itself, to look at while nothing of that has run. */
  shown(experiment: Experiment): readonly Boundary[] {
    return this.start && isSameRun(this.start.experiment, experiment) ? [this.start.boundary] : [];
  }

  /** This experiment is trained from its start: from now on what begins with the recorded stage is live. */
  decline(experiment: Experiment): void {
    const { start, library } = this;
    if (!start || sharedStages(start.experiment, experiment) < start.boundary.checkpoint.stage) return;
    this.start = undefined;
    library.forgetRecorded();
  }
}

/** The recorded stage as if it had been run here; undefined if its weights are damaged, or not those of its model. */
function boundaryOf({ experiment, origin, layers, events, model, sha256 }: LentStart): Boundary | undefined {
  const state = model.length > 0 && sha256Hex(model) === sha256 ? stateOf(experiment, model) : undefined;
  const summaries = events.flatMap((event) => (event.type === 'stageDone' ? [event.summary] : []));
  const [summary] = summaries;
  if (!state || !summary || summaries.length !== origin.stages) return undefined;
  const losses = events.flatMap((event) => (event.type === 'metrics' ? [...event.loss] : []));
  const checkpoint: Checkpoint = {
    stage: origin.stages,
    step: 0,
    stepsBefore: summary.steps,
    model: state,
    optimizer: {},
    summaries,
    recentLosses: losses.slice(-100),
    seconds: summary.seconds,
    recorded: origin,
  };
  return { checkpoint, model, layers, events, history: {} };
}

/** The latent values that a float32 model file holds, in the layers of the experiment's model; undefined if they do not fit. */
function stateOf({ model, data }: Experiment, file: Uint8Array): Checkpoint['model'] | undefined {
  const shape = datasetShape(data.dataset);
  if (!shape) return undefined;
  try {
    const shaped = shapedLayers(buildModel(model, shape.input, shape.classes), shape.input);
    const { tensors } = readModelFile(file);
    const parameters = shaped.flatMap(parametersIn).map((spec) => {
      const tensor = tensors.find(({ name }) => name === spec.name);
      if (tensor?.encoding.kind !== 'float32' || tensor.support || tensor.shape.join() !== spec.shape.join())
        throw new RangeError(spec.name);
      return [spec.name, decodeTensor(tensor)] as const;
    });
    if (parameters.length !== tensors.length) return undefined;
    const layers = shaped.map(({ layer }) => layer);
    return { layers, parameters: Object.fromEntries(parameters), parametrizations: [], outcomes: {}, marks: [], storage: {} };
  } catch {
    return undefined;
  }
}
