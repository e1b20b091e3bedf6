import { DatasetError } from '../datasets/types';
import type { WasmPaths } from '../engine/backends/wasm-backend';
import { lockStep, type Turn } from '../engine/run/lock-step';
import { run } from '../engine/run/session';
import { defaultControl } from '../engine/training/stage-context';
import { toFragment } from '../experiment/link/url';
import { sharedStages, stepCount } from '../experiment/program/prefix';
import type { BackendName, RunEvent } from '../experiment/types/events';
import type { Experiment } from '../experiment/types/experiment';
import { Backends, messageOf } from './backends';
import { background } from './background';
import { Beside, nothing } from './beside';
import type { DataShelf } from './data-shelf';
import { EventOutbox } from './event-outbox';
import { CheckpointLibrary } from './library/checkpoint-library';
import { RunPath } from './library/run-path';
import type { Measurer } from './measurer';
import { Preparation } from './preparation';
import type { LentStart, Message, RunStatus } from './protocol';
import { pullToSnapshot } from './run-queue';
import type { RunSaver } from './saving/run-saver';
import type { Sweeper } from './sweeper';
import { defaultPace, nextTask, type Pace, PROFILE_EVERY_MS, stepsIn, Turns } from './turns';

/** Pulls a run: play, pause, step, reset, edit without losing what is still valid, and continue after a lost device. */
export class Runner {
  private readonly outbox: EventOutbox;
  readonly path: RunPath;
  private readonly control = defaultControl();
  private backends: Backends | undefined;
  private experiment: Experiment | undefined;
  private generator: AsyncGenerator<Turn> | undefined;
  private readonly beside: Beside;
  /** Variations of the experiment, measured while the run rests. */
  readonly measurer: Measurer;
  /** Points of a sweep, run while everything else rests. */
  readonly sweeper: Sweeper;
  private readonly preparation: Preparation;
  private readonly turns = new Turns();
  /** How the run ended, while the one beside it continues. */
  private ending: readonly [RunStatus, string] | undefined;
  private playing = false;
  /** What was last reported to the page. */
  private status: RunStatus = 'idle';
  /** Steps still to do before pausing by itself. */
  private budget = Number.POSITIVE_INFINITY;
  private loop: Promise<void> = Promise.resolve();
  private stage = 0;
  /** Stages that do not train run without `play`. */
  private atOnce = false;

  constructor(
    private readonly post: (message: Message) => void,
    private readonly shelf: Pick<DataShelf, 'get' | 'forget'>,
    private readonly wasmPaths: WasmPaths,
    private readonly pace: Pace = defaultPace,
    private readonly saver?: RunSaver,
  ) {
    const { turns } = this;
    this.outbox = new EventOutbox(post, pace.reportMs);
    const library = new CheckpointLibrary((added, removed) => post({ type: 'checkpoints', added, removed }));
    this.path = new RunPath(library, post);
    this.beside = new Beside(post, library, pace);
    const dataset = ({ data }: Experiment) => shelf.get(data);
    this.preparation = new Preparation(post, (status, message) => this.say(status, message), dataset, turns);
    const inside = (other: Experiment) => this.path.insideOf(other);
    const run = { backend: () => this.backends?.current, busyWith: () => (this.playing ? 'the run' : ''), rested: () => this.loop };
    const context = { turns, dataset, library, inside, ...run };
    ({ measurer: this.measurer, sweeper: this.sweeper } = background(context, post, (error) => this.nextBackend(error)));
  }

  async open(only: BackendName | undefined): Promise<void> {
    this.backends = new Backends(this.wasmPaths, only, this.post);
    await this.turns.take(async () => this.backends?.open());
  }

  /** The run continues on this backend, or the best one, from its last checkpoint. Where it cannot be opened all stays as it was. */
  async switchBackend(only: BackendName | undefined): Promise<void> {
    const { playing, budget, backends } = this;
    if (!backends || backends.current?.name === only) return;
    if (this.generator && !this.ending) await this.snapshotNow();
    await this.stop();
    const problem = await this.turns.take(() => backends.use(only));
    this.beside.revive();
    await this.prepare(playing ? budget : undefined);
    this.warn(problem);
  }

  /** @param owner another engine, which saved how far this run has come: it goes on from there, at once */
  async load(experiment: Experiment, beside?: Experiment, atOnce = false, owner?: string): Promise<void> {
    const { playing, budget } = this;
    const shared = this.experiment ? sharedStages(this.experiment, experiment) : 0;
    if (shared < Math.max(stepCount(experiment), this.experiment ? stepCount(this.experiment) : 0)) this.measurer.cancel();
    if (this.generator && !this.ending && this.stage < shared) await this.snapshotNow();
    await this.stop();
    this.path.load(experiment);
    this.beside.load(experiment, beside);
    this.experiment = experiment;
    const problem = owner && (await this.saver?.restore(this.path, owner, experiment));
    this.atOnce = atOnce;
    await this.prepare(owner ? Number.POSITIVE_INFINITY : playing ? budget : undefined);
    this.warn(problem);
  }

  /** From now on programs that begin like this recording may start after its first stage. */
  async lend(start: LentStart): Promise<void> {
    if (!this.generator && !this.playing && this.path.lend(start)) await this.prepare();
  }

  /** Another run, or none, alternately with this one from now on. */
  accompany(beside: Experiment | undefined): void {
    if (this.experiment) this.beside.load(this.experiment, beside);
  }

  async retryData(): Promise<void> {
    await this.stop();
    if (this.experiment) this.shelf.forget(this.experiment.data);
    await this.prepare();
  }

  /** Gets ready to run; with a `budget` runs at once, unless the run is done. */
  private async prepare(budget?: number): Promise<void> {
    this.path.tell();
    const { experiment, backends, preparation, path } = this;
    if (!experiment || !(await preparation.data(experiment))) return;
    if (path.record) this.say('done', '');
    else if (this.atOnce && path.isCheap && !this.beside.isPending) this.play();
    else if (budget === undefined) await preparation.kernels(experiment, backends?.current, path.latest);
    if (budget !== undefined && (!path.record || this.beside.isPending)) this.start(budget);
  }

  readonly play = (): void => this.start(Number.POSITIVE_INFINITY);
  readonly step = (steps: number): void => this.start(steps);

  async pause(): Promise<void> {
    this.playing = false;
    await this.loop;
    // It may have come to its end, or failed, in the meantime.
    if (this.status === 'running') this.say('paused', '');
  }

  async reset(): Promise<void> {
    await this.stop();
    this.path.reset();
    this.saver?.drop();
    this.beside.reset();
    await this.prepare();
  }

  profile(on: boolean): void {
    this.control.profileEveryMs = on ? PROFILE_EVERY_MS : undefined;
  }

  private start(budget: number): void {
    this.budget = budget;
    if (this.playing || !this.experiment || !this.backends?.current) return;
    this.playing = true;
    // After the loop before, which may still be on its way out.
    this.loop = this.loop.then(() => this.pull());
  }

  /** Its checkpoints stay. */
  private async stop(): Promise<void> {
    this.playing = false;
    await this.loop;
    await this.close();
    this.outbox.flush();
  }

  private async close(): Promise<void> {
    const { generator } = this;
    this.generator = undefined;
    if (generator) await this.turns.take(() => generator.return(undefined));
    this.beside.flush();
  }

  /** Pulls the run until it ends or shall pause, on as many backends as it takes. Never rejects. */
  private async pull(): Promise<void> {
    let open = this.playing;
    while (open && this.playing) {
      try {
        await this.pullHere();
        open = false;
      } catch (error) {
        open = await this.recover(error);
      }
    }
    this.outbox.flush();
  }

  private async pullHere(): Promise<void> {
    this.generator ??= await this.begin();
    const { generator } = this;
    this.say('running', '');
    while (this.playing) {
      this.control.maxSteps = Math.min(this.pace.turnSteps, this.budget);
      const { value, done } = await this.turns.take(() => generator.next());
      if (done ? this.restAtEnd() : this.take(value)) break;
      await nextTask();
    }
    if (this.status === 'done' || this.status === 'failed') await this.close();
  }

  private async begin(): Promise<AsyncGenerator<Turn>> {
    const { experiment, control, path, backends: { current: backend } = {} } = this;
    if (!experiment || !backend) throw new Error('Nothing is loaded.');
    const dataset = await this.shelf.get(experiment.data);
    const from = path.latest;
    path.begin();
    this.stage = from?.stage ?? 0;
    // The run itself is over: only what runs beside it is left.
    const only = this.status === 'done' && this.beside.isPending;
    this.ending = only ? ['done', ''] : undefined;
    const options = { backend, url: `#${toFragment(experiment)}`, control, from, ...path.files };
    const events = only ? nothing() : run(experiment, dataset, options);
    return lockStep({ events, control }, () => this.beside.fork(path, dataset, backend));
  }

  /** Passes an event on. Gives true if it ends both runs, or the steps that were asked for. */
  private take({ side, event, level, over }: Turn): boolean {
    if (side === 0) this.takeOwn(event);
    else this.beside.take(event);
    if (over) return this.restAtEnd();
    return this.budget <= 0 && level && event.type !== 'metrics' && event.type !== 'snapshot' && this.rest('paused', '');
  }

  private takeOwn(event: RunEvent): void {
    this.path.take(event);
    this.saver?.take(event, this.path, this.experiment, this.backends?.current);
    if (event.type === 'snapshot') return;
    this.outbox.add(event);
    if (event.type === 'stageStarted') this.stage = event.stage;
    this.budget -= stepsIn(event);
    if (event.type === 'done') this.ending = ['done', ''];
    if (event.type === 'failed') this.ending = ['failed', `${event.message} ${event.advice}`];
  }

  private restAtEnd(): true {
    return this.rest(...(this.ending ?? (['done', ''] as const)));
  }

  /** Stops pulling, and says why once everything before has been reported. */
  private rest(status: RunStatus, message: string): true {
    this.outbox.flush();
    this.beside.flush();
    this.playing = false;
    this.say(status, message);
    return true;
  }

  /** Pulls until the run has given a checkpoint of this very moment. */
  private async snapshotNow(): Promise<void> {
    this.playing = false;
    await this.loop;
    const { generator, turns } = this;
    this.budget = Number.POSITIVE_INFINITY;
    const take = (turn: Turn) => this.take(turn);
    if (generator) await pullToSnapshot(() => turns.take(() => generator.next()), this.control, take);
  }

  /** After an error: the run continues from its last checkpoint on the next backend. False, having said why, if that is impossible. */
  private async recover(error: unknown): Promise<boolean> {
    await this.close();
    this.outbox.flush();
    const { experiment } = this;
    if (error instanceof DatasetError && experiment) {
      this.shelf.forget(experiment.data);
      this.preparation.lost(experiment, error.message);
      return !this.rest('failed', error.message);
    }
    try {
      return (await this.nextBackend(error)) || !this.rest('failed', messageOf(error));
    } catch (none) {
      return !this.rest('failed', messageOf(none));
    }
  }

  /** Leaves the backend because of this error. Gives false if no other may take its place. @throws Error if none can be opened */
  private async nextBackend(error: unknown): Promise<boolean> {
    const reason = await this.backends?.leave(error);
    if (reason === undefined) return false;
    await this.close();
    await this.turns.take(async () => this.backends?.open());
    this.beside.revive();
    if (this.status !== 'done') this.path.tell();
    this.warn(`${reason} Continuing from the last checkpoint on the next backend.`);
    return true;
  }

  /** Call it after `loaded`, which makes void whatever was said. */
  private warn(message = ''): void {
    if (message !== '') this.outbox.add({ type: 'warning', message });
    this.outbox.flush();
  }

  private say(status: RunStatus, message: string): void {
    this.status = status;
    this.post({ type: 'status', status, message });
  }
}
