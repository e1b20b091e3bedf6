import type { Dataset } from '../datasets/types';
import { warmUp } from '../engine/run/warm-up';
import type { BackendInfo, Checkpoint } from '../experiment/types/events';
import type { Experiment } from '../experiment/types/experiment';
import { messageOf } from './backends';
import { describeDataset } from './data-shelf';
import type { Message, RunStatus } from './protocol';
import type { Turns } from './turns';

/** What is done before a run can be played, so that play responds at once. */
export class Preparation {
  constructor(
    private readonly post: (message: Message) => void,
    private readonly say: (status: RunStatus, message: string) => void,
    private readonly dataset: (experiment: Experiment) => Promise<Dataset>,
    private readonly turns: Turns,
  ) {}

  /** Reads the images. Gives false, having said why, if they cannot be read. */
  async data(experiment: Experiment): Promise<boolean> {
    this.say('loading', 'Reading the images.');
    try {
      this.post({ type: 'dataReady', dataset: describeDataset(await this.dataset(experiment)) });
      return true;
    } catch (error) {
      const message = messageOf(error);
      this.lost(experiment, message);
      this.say('failed', message);
      return false;
    }
  }

  /** Says that the images cannot be read. */
  lost({ data }: Experiment, message: string): void {
    this.post({ type: 'dataFailed', message, wantsFiles: data.dataset === 'own' });
  }

  /** Compiles the kernels, where there are any to compile. */
  async kernels(experiment: Experiment, backend: BackendInfo | undefined, from: Checkpoint | undefined): Promise<void> {
    if (backend?.name === 'webgpu') {
      try {
        const dataset = await this.dataset(experiment);
        const tell = (ready: number, all: number) => this.say('loading', `Preparing the GPU (${ready} of ${all}).`);
        await this.turns.take(() => warmUp(experiment, dataset, from, tell));
      } catch {
        // Play will meet the same error, and say it.
      }
    }
    this.say('idle', '');
  }
}
