import { affine } from '../../datasets/normalize';
import { toFragment } from '../../experiment/link/url';
import { sharedStages } from '../../experiment/program/prefix';
import { plannedTraining, serves, unroll } from '../../experiment/program/unroll';
import { trains } from '../../experiment/stages/registry';
import type { Checkpoint, RunEvent, RunRecord } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import type { DataShelf } from '../data-shelf';
import type { LentStart, Message } from '../protocol';
import { type Boundary, isLast, serving } from './boundary';
import type { CheckpointLibrary } from './checkpoint-library';
import { Lent } from './lent';
import { type Glimpse, modelPair } from './model-pair';
import { eventsOf, type RunningStage, StageRecorder } from './stage-recorder';

/** How far a run has come, with all that the page was told of it. */
export interface Position {
  /** After each finished stage. */
  readonly done: readonly Boundary[];
  /** Inside the stage that runs, and what was seen of that stage. */
  readonly inside?: Checkpoint;
  readonly running?: RunningStage;
}

/** How far the run on the screen has come: the stages that are done, and perhaps a checkpoint inside the one that runs. */
export class RunPath {
  private experiment: Experiment | undefined;
  private done: readonly Boundary[] = [];
  private inside: Checkpoint | undefined;
  /** How many of `done` the page knows. */
  private told = 0;
  /** What the page has to be told of the stage that runs. */
  private untold: RunningStage | undefined;
  private readonly recorder = new StageRecorder();
  private readonly lent: Lent;
  /** The model inside the stage that runs, as it was inspected last. */
  private glimpsed: Glimpse | undefined;
  /** The model file as it was written last. */
  model: Uint8Array | undefined;

  constructor(
    private readonly library: CheckpointLibrary,
    private readonly post: (message: Message) => void,
  ) {
    this.lent = new Lent(library);
  }

  /** Programs that begin like this recording may start after its first stage. Gives true if the one that is loaded now does. */
  lend(start: LentStart): boolean {
    const { lent, experiment, latest } = this;
    lent.take(start);
    // No key is new, but there may be a model to look at.
    this.post({ type: 'checkpoints', added: [], removed: [] });
    if (!experiment || latest) return false;
    this.load(experiment);
    return this.latest !== undefined;
  }

  /** Another experiment: it begins after the stages of it that were ever run, here or in a recording that was lent. */
  load(experiment: Experiment): void {
    const { library, done, inside } = this;
    const live = this.lent.offer(experiment);
    const usable = ({ checkpoint }: Boundary) => !live || !checkpoint.recorded;
    const shared = this.experiment ? sharedStages(this.experiment, experiment) : 0;
    this.experiment = experiment;
    this.glimpsed = undefined;
    library.load(experiment);
    const own = serving(
      done.filter((boundary) => boundary.checkpoint.stage <= shared && usable(boundary)),
      experiment,
    );
    const known = library.path(experiment).filter(usable);
    this.done = known.length > own.length ? known : own;
    const parting = this.done.findIndex((boundary, i) => boundary !== done[i]);
    this.told = parting < 0 ? this.done.length : parting;
    if (inside && (inside.stage >= shared || (live && inside.recorded) || !serves(inside, experiment) || this.told < this.done.length))
      this.inside = undefined;
  }

  /** Where the run continues; undefined at its start. */
  get latest(): Checkpoint | undefined {
    return this.inside ?? this.done.at(-1)?.checkpoint;
  }

  /** How many leading stages are done. */
  get finished(): number {
    return this.done.at(-1)?.checkpoint.stage ?? 0;
  }

  /** The last checkpoint after at most `stages` stages that serves this other experiment, which shares them. */
  within(stages: number, experiment: Experiment): Checkpoint | undefined {
    return this.done.findLast(({ checkpoint }) => checkpoint.stage <= stages && serves(checkpoint, experiment))?.checkpoint;
  }

  /** The checkpoint inside a stage, if this other experiment shares it and may continue from it. */
  insideOf(experiment: Experiment): Checkpoint | undefined {
    const { inside } = this;
    if (!inside || !this.experiment || inside.stage >= sharedStages(this.experiment, experiment)) return undefined;
    return serves(inside, experiment) ? inside : undefined;
  }

  /** The run begins, or continues. */
  begin(): void {
    if (this.experiment && !this.latest) this.lent.decline(this.experiment);
    this.recorder.begin(this.latest);
  }

  /** Receives the model files of the run: those that were just written after a stage, and those that inspections see inside one. */
  readonly files = {
    onModel: (model: Uint8Array): void => {
      this.model = model;
      this.recorder.hold(model);
    },
    onInspected: (model: Uint8Array, step: number): void => {
      this.glimpsed = { model, step };
    },
  };

  /** Sends the model file that was written last, if there is one. */
  tellModel(request: number): void {
    this.post({ type: 'model', request, bytes: this.model ?? new Uint8Array() });
  }

  /** How far it has come, to be saved. */
  position(): Position {
    const { done, inside } = this;
    const running = inside && this.recorder.stage;
    return { done, ...(inside && { inside }), ...(running && { running }) };
  }

  /** Goes on from there. The page knows nothing of it yet. */
  restore({ done, inside, running }: Position): void {
    const { library, experiment } = this;
    this.done = done.map((boundary) => (experiment && library.put(experiment, boundary)) || boundary);
    this.told = 0;
    this.inside = inside;
    this.recorder.restore(running);
    this.untold = inside && running;
  }

  /**
   * Sends the two model files that are compared: none without the images, since nothing is known of their pixels.
   * @param have ids of files whose bytes need not be sent
   */
  async tellModels(request: number, have: readonly string[], shelf: Pick<DataShelf, 'get'>): Promise<void> {
    const { experiment } = this;
    const dataset = experiment && (await shelf.get(experiment.data).catch(() => undefined));
    const input = dataset ? affine(dataset, experiment.data.normalize) : { scale: [], shift: [] };
    const done = experiment && !this.latest ? this.lent.shown(experiment) : this.done;
    const models = dataset ? modelPair(experiment, done, this.glimpsed, have) : { float: null, squeezed: null };
    this.post({ type: 'models', request, models, input });
  }

  /** Takes an event of the run. */
  take(event: RunEvent): void {
    const { library, experiment, recorder } = this;
    const finished = recorder.take(event);
    if (!experiment) return;
    if (finished) {
      const { boundary, whole } = finished;
      this.glimpsed = undefined;
      this.done = [...this.done, (whole && library.put(experiment, boundary)) || boundary];
      this.told = this.done.length;
      this.inside = undefined;
    } else if (event.type === 'snapshot') this.inside = event.checkpoint;
    else if (event.type === 'done') library.end(experiment, event.record);
  }

  /** Back to the start: what this run left is forgotten. */
  reset(): void {
    if (this.experiment) this.library.forget(this.experiment);
    this.done = [];
    this.told = 0;
    this.inside = undefined;
    this.glimpsed = undefined;
  }

  /** Reports to the page what of the run is done; whatever was reported about later stages and steps is void. */
  tell(): void {
    const { post, done, told, record, experiment } = this;
    const last = this.inside ?? done[told - 1]?.checkpoint;
    const keptSteps = (last?.stepsBefore ?? 0) + (last?.step ?? 0);
    post({ type: 'loaded', keptStages: last?.stage ?? 0, keptSteps, ...(experiment && { experiment }) });
    const totalSteps = experiment ? plannedTraining(experiment) : 0;
    const { layers = [] } = done.at(-1) ?? {};
    for (const { checkpoint, events, history } of done.slice(told)) {
      const { recorded, stage } = checkpoint;
      // What was run after it was run here.
      const taken = recorded && stage <= recorded.stages ? { recorded } : {};
      post({ type: 'replay', layers, totalSteps, events, history, ...taken });
    }
    if (record) post({ type: 'replay', layers, totalSteps, events: [{ type: 'done', record }], history: {} });
    const { untold } = this;
    if (untold) post({ type: 'events', events: eventsOf(untold) });
    this.untold = undefined;
    this.told = done.length;
    this.model = done.at(-1)?.model;
  }

  /** Whether stages are done, and those that are left do not train. */
  get isCheap(): boolean {
    const { experiment, inside, done } = this;
    if (!experiment || inside || done.length === 0) return false;
    return unroll(experiment.stages).every(({ stage }, number) => number < this.finished || !stage.on || !trains(stage));
  }

  /** What came of the run, if it has come to its end before. */
  get record(): RunRecord | undefined {
    const { experiment } = this;
    const last = this.done.at(-1);
    if (!experiment || !last?.record || !isLast(last, experiment)) return undefined;
    return { ...last.record, experiment, url: `#${toFragment(experiment)}` };
  }
}
