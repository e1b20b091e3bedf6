import { serves } from '../../experiment/program/unroll';
import type { Checkpoint } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';

/** Where a run can be resumed: after each finished stage, and once inside the running one. */
export class Checkpoints {
  private readonly boundaries = new Map<number, Checkpoint>();
  private inside: Checkpoint | undefined;

  add(checkpoint: Checkpoint): void {
    if (checkpoint.step > 0) this.inside = checkpoint;
    else {
      this.boundaries.set(checkpoint.stage, checkpoint);
      this.inside = undefined;
    }
  }

  /** Forgets what depends on more than the first `stages` stages, and what does not serve the experiment that is next. */
  keep(stages: number, next: Pick<Experiment, 'stages'>): void {
    if (this.inside && (this.inside.stage >= stages || !serves(this.inside, next))) this.inside = undefined;
    for (const [stage, boundary] of this.boundaries) if (stage > stages || !serves(boundary, next)) this.boundaries.delete(stage);
  }

  get latest(): Checkpoint | undefined {
    return this.inside ?? this.boundaries.get(Math.max(...this.boundaries.keys()));
  }

  clear(): void {
    this.boundaries.clear();
    this.inside = undefined;
  }
}
