import { type BackendOptions, openBackend } from '../engine/device/backend';
import type { WasmPaths } from '../engine/device/wasm-backend';
import { deviceLost } from '../engine/device/webgpu-backend';
import { defaultControl, run } from '../engine/run';
import type { BackendInfo, BackendName, Checkpoint, RunEvent } from '../experiment/events';
import { sharedStages } from '../experiment/prefix';
import type { Experiment } from '../experiment/types';
import { toFragment } from '../experiment/url';
import { Checkpoints } from './checkpoints';
import { type DataShelf, describeDataset } from './data-shelf';
import { EventOutbox } from './event-outbox';
import type { Message, RunStatus } from './protocol';

const PROFILE_EVERY_MS = 1500;

/** Pulls a run: play, pause, step, reset, edit without losing what is still valid, and go on after a lost device. */
export class Runner {
  private readonly outbox: EventOutbox;
  private readonly checkpoints = new Checkpoints();
  private readonly control = defaultControl();
  private readonly failedBackends: { name: BackendName; reason: string }[] = [];
  private backend: BackendInfo | undefined;
  private onlyBackend: BackendName | undefined;
  private experiment: Experiment | undefined;
  private generator: AsyncGenerator<RunEvent> | undefined;
  private model: Uint8Array | undefined;
  private lost: string | undefined;
  private playing = false;
  /** Steps still to do before pausing by itself. */
  private budget = Number.POSITIVE_INFINITY;
  private loop: Promise<void> = Promise.resolve();
  private stage = 0;
  /** Events of the warm-up, told when the run starts. */
  private readonly held: RunEvent[] = [];

  constructor(
    private readonly post: (message: Message) => void,
    private readonly shelf: DataShelf,
    private readonly wasmPaths: WasmPaths,
  ) {
    this.outbox = new EventOutbox(post);
  }

  async open(only: BackendName | undefined): Promise<void> {
    this.onlyBackend = only;
    await this.openBackend();
  }

  private async openBackend(): Promise<void> {
    const options: BackendOptions = { only: this.onlyBackend, without: this.failedBackends, wasmPaths: this.wasmPaths };
    this.backend = await openBackend(options);
    this.lost = undefined;
    this.post({ type: 'backend', backend: this.backend });
    void deviceLost().then((reason) => {
      this.lost = reason;
    });
  }

  async load(experiment: Experiment): Promise<void> {
    const wasPlaying = this.playing;
    const shared = this.experiment ? sharedStages(this.experiment, experiment) : 0;
    if (this.experiment && this.generator && this.held.length === 0 && this.stage < shared) await this.snapshotNow();
    await this.stop();
    this.checkpoints.keep(shared, this.experiment !== undefined);
    this.experiment = experiment;
    const latest = this.checkpoints.latest;
    this.post({ type: 'loaded', keptStages: latest?.stage ?? 0, keptSteps: (latest?.stepsBefore ?? 0) + (latest?.step ?? 0) });
    if (!(await this.prepareData())) return;
    if (wasPlaying) this.play();
    else await this.warmUp();
  }

  async retryData(): Promise<void> {
    if (this.experiment) this.shelf.forget(this.experiment.data);
    if (await this.prepareData()) await this.warmUp();
  }

  /** Compiles the next training step's kernels ahead, so that play responds at once. */
  private async warmUp(): Promise<void> {
    const { experiment, backend } = this;
    const next = experiment?.stages.slice(this.checkpoints.latest?.stage ?? 0).find((stage) => stage.on);
    if (next?.kind === 'train' && backend) {
      this.say('loading', 'Compiling the kernels.');
      try {
        this.generator = await this.begin();
        for (let ready = false; !ready; ) {
          const { value, done } = await this.generator.next();
          if (done) break;
          this.held.push(value);
          ready = value.type === 'progress' && value.waiting === '';
        }
      } catch (error) {
        // Play will meet the same error, and say it.
        this.generator = undefined;
        this.held.length = 0;
        void error;
      }
    }
    this.say('idle', '');
  }

  private async prepareData(): Promise<boolean> {
    const { experiment } = this;
    if (!experiment) return false;
    this.say('loading', 'Reading the images.');
    try {
      this.post({ type: 'dataReady', dataset: describeDataset(await this.shelf.get(experiment.data)) });
      return true;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.post({ type: 'dataFailed', message, wantsFiles: experiment.data.dataset === 'own' });
      this.say('failed', message);
      return false;
    }
  }

  play(): void {
    this.start(Number.POSITIVE_INFINITY);
  }

  step(steps: number): void {
    this.start(steps);
  }

  async pause(): Promise<void> {
    this.playing = false;
    await this.loop;
    if (this.generator) this.say('paused', '');
  }

  async reset(): Promise<void> {
    await this.stop();
    this.checkpoints.clear();
    this.model = undefined;
    this.post({ type: 'loaded', keptStages: 0, keptSteps: 0 });
    await this.warmUp();
  }

  profile(on: boolean): void {
    this.control.profileEveryMs = on ? PROFILE_EVERY_MS : undefined;
  }

  exportModel(request: number): void {
    this.post({ type: 'model', request, bytes: this.model ?? new Uint8Array() });
  }

  private start(budget: number): void {
    this.budget = budget;
    if (this.playing || !this.experiment || !this.backend) return;
    this.playing = true;
    this.loop = this.pull().catch((error: unknown) => this.fail(error));
  }

  /** Ends the run where it is; its checkpoints stay. */
  private async stop(): Promise<void> {
    this.playing = false;
    await this.loop;
    await this.generator?.return(undefined);
    this.generator = undefined;
    this.held.length = 0;
    this.outbox.flush();
  }

  private async pull(): Promise<void> {
    this.generator ??= await this.begin();
    this.say('running', '');
    for (const event of this.held.splice(0)) this.take(event);
    while (this.playing) {
      this.control.maxSteps = Math.min(1000, this.budget);
      const { value, done } = await this.generator.next();
      if (done) break;
      this.take(value);
      await nextTask();
    }
    this.outbox.flush();
  }

  private async begin(): Promise<AsyncGenerator<RunEvent>> {
    const { experiment, backend } = this;
    if (!experiment || !backend) throw new Error('Nothing is loaded.');
    const dataset = await this.shelf.get(experiment.data);
    return run(experiment, dataset, {
      backend,
      url: `#${toFragment(experiment)}`,
      control: this.control,
      from: this.checkpoints.latest,
      onModel: (bytes) => {
        this.model = bytes;
      },
    });
  }

  private take(event: RunEvent): void {
    if (event.type === 'snapshot') {
      this.checkpoints.add(event.checkpoint);
      return;
    }
    this.outbox.add(event);
    if (event.type === 'stageStarted') this.stage = event.stage;
    if (event.type === 'metrics') this.budget -= event.loss.length;
    // A stage without steps counts as one.
    if (event.type === 'stageDone' && event.summary.steps === 0) this.budget -= 1;
    if (event.type === 'done' || event.type === 'failed') {
      this.playing = false;
      this.outbox.flush();
      if (event.type === 'done') this.say('done', '');
      else this.say('failed', `${event.message} ${event.advice}`);
      this.generator = undefined;
    } else if (this.budget <= 0 && event.type !== 'metrics') {
      this.playing = false;
      this.outbox.flush();
      this.say('paused', '');
    }
  }

  /** Pulls until the run has given a checkpoint of this very moment. */
  private async snapshotNow(): Promise<void> {
    this.playing = false;
    await this.loop;
    const usual = this.control.checkpointEveryMs;
    this.control.checkpointEveryMs = 0;
    this.control.maxSteps = 1;
    try {
      for (let tries = 0; this.generator && tries < 8; tries++) {
        const { value, done } = await this.generator.next();
        if (done) break;
        this.take(value);
        if (value.type === 'snapshot') break;
      }
    } finally {
      this.control.checkpointEveryMs = usual;
    }
  }

  /** A lost device: say so, open the next backend, go on from the last checkpoint. Anything else is shown as it is. */
  private async fail(error: unknown): Promise<void> {
    this.playing = false;
    this.generator = undefined;
    this.outbox.flush();
    await nextTask();
    const { backend, lost } = this;
    const message = error instanceof Error ? error.message : String(error);
    if (!backend || (lost === undefined && backend.name === 'cpu') || this.onlyBackend) {
      this.say('failed', message);
      return;
    }
    const reason = lost === undefined ? `${backend.name} failed: ${message}` : `The graphics device was lost: ${lost}`;
    this.failedBackends.push({ name: backend.name, reason });
    this.outbox.add({ type: 'warning', message: `${reason} Going on from the last checkpoint on the next backend.` });
    this.outbox.flush();
    await this.openBackend();
    const latest: Checkpoint | undefined = this.checkpoints.latest;
    this.post({ type: 'loaded', keptStages: latest?.stage ?? 0, keptSteps: (latest?.stepsBefore ?? 0) + (latest?.step ?? 0) });
    this.playing = true;
    await this.pull();
  }

  private say(status: RunStatus, message: string): void {
    this.post({ type: 'status', status, message });
  }
}

/** Lets waiting messages in: promises alone would keep a CPU-bound loop deaf. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
