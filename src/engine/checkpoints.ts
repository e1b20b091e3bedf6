import type { Checkpoint } from '../experiment/events';

interface Boundary {
  readonly checkpoint: Checkpoint;
  /** The model file as the stage before left it. */
  readonly model: Uint8Array | undefined;
}

/** Where a run can be taken up again: behind each finished stage, and once inside the running one. */
export class Checkpoints {
  private readonly boundaries = new Map<number, Boundary>();
  private inside: Checkpoint | undefined;

  /** @param model the model file of this moment, if the checkpoint lies behind a stage */
  add(checkpoint: Checkpoint, model: Uint8Array | undefined): void {
    if (checkpoint.step > 0) this.inside = checkpoint;
    else {
      this.boundaries.set(checkpoint.stage, { checkpoint, model });
      this.inside = undefined;
    }
  }

  /** Forgets what depends on more than the first `stages` stages. */
  keep(stages: number): void {
    if (this.inside && this.inside.stage >= stages) this.inside = undefined;
    for (const stage of this.boundaries.keys()) if (stage > stages) this.boundaries.delete(stage);
  }

  get latest(): Checkpoint | undefined {
    return this.inside ?? this.boundary?.checkpoint;
  }

  /** The model file behind the last finished stage. */
  get model(): Uint8Array | undefined {
    return this.boundary?.model;
  }

  private get boundary(): Boundary | undefined {
    return this.boundaries.get(Math.max(...this.boundaries.keys()));
  }

  /** The one behind the first `stages` stages. */
  behind(stages: number): Checkpoint | undefined {
    return this.boundaries.get(stages)?.checkpoint;
  }

  /** The last one that depends on the first `stages` stages only. */
  within(stages: number): Checkpoint | undefined {
    if (this.inside && this.inside.stage < stages) return this.inside;
    return this.behind(Math.max(...[...this.boundaries.keys()].filter((stage) => stage <= stages)));
  }

  clear(): void {
    this.boundaries.clear();
    this.inside = undefined;
  }
}
