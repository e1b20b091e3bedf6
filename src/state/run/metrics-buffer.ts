/** Loss and accuracy of every training step, stored outside React: charts read the arrays and redraw at their own pace. */
import type { RunEvent } from '../../experiment/types/events';

export interface EvaluationPoint {
  /** The step of the run that was running. */
  readonly stage: number;
  /** Training steps done, over all stages, when it was measured. */
  readonly step: number;
  /** 0 … 1. */
  readonly accuracy: number;
  /** Mean cross-entropy, nats. */
  readonly loss: number;
}

const FIRST_CAPACITY = 4096;

/**
 * A growing series of per-step metrics. `loss` and `accuracy` may be longer than `steps`; what lies after is not data.
 * Steps that were never reported are NaN.
 */
export class MetricsBuffer {
  #steps = 0;
  #loss = new Float32Array(FIRST_CAPACITY);
  #accuracy = new Float32Array(FIRST_CAPACITY);
  #evaluations: readonly EvaluationPoint[] = [];
  #boundaries: readonly number[] = [];
  readonly #listeners = new Set<() => void>();

  get steps(): number {
    return this.#steps;
  }

  get loss(): Float32Array {
    return this.#loss;
  }

  get accuracy(): Float32Array {
    return this.#accuracy;
  }

  /** Validations so far, in the order in which they were made. A new array whenever it changes. */
  get evaluations(): readonly EvaluationPoint[] {
    return this.#evaluations;
  }

  /** Training step at which each step of the run began, by its number; NaN for one that did not run. */
  get boundaries(): readonly number[] {
    return this.#boundaries;
  }

  /** Calls `listener` after every change. Returns the function that ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes what an event of a run measures by step; skips the others. */
  take(event: RunEvent): void {
    if (event.type === 'metrics') this.append(event.firstStep, event.loss, event.accuracy);
    else if (event.type === 'evaluation') this.addEvaluation({ stage: event.stage, step: event.globalStep, ...event.evaluation });
    else if (event.type === 'stageStarted') this.startStage(event.stage, event.stepsBefore);
  }

  /** Writes metrics of the steps firstStep, firstStep + 1, …; what stood at or after firstStep is replaced. */
  append(firstStep: number, loss: Float32Array, accuracy: Float32Array): void {
    const end = firstStep + loss.length;
    this.#reserve(end);
    if (firstStep > this.#steps) {
      this.#loss.fill(Number.NaN, this.#steps, firstStep);
      this.#accuracy.fill(Number.NaN, this.#steps, firstStep);
    }
    this.#loss.set(loss, firstStep);
    this.#accuracy.set(accuracy, firstStep);
    this.#steps = end;
    this.#changed();
  }

  /** Adds a validation; later ones of the same or later stages, left from an earlier attempt, go. */
  addEvaluation(point: EvaluationPoint): void {
    const earlier = (e: EvaluationPoint) => e.stage < point.stage || (e.stage === point.stage && e.step < point.step);
    this.#evaluations = [...this.#evaluations.filter(earlier), point];
    this.#changed();
  }

  /** Notes that a stage began at this step. */
  startStage(stage: number, step: number): void {
    this.#boundaries = [...Array.from({ length: stage }, (_, i) => this.#boundaries[i] ?? Number.NaN), step];
    this.#changed();
  }

  /** Takes all that the other one has in the place of its own. */
  copy(other: MetricsBuffer): void {
    this.#loss = other.#loss.slice();
    this.#accuracy = other.#accuracy.slice();
    this.#steps = other.#steps;
    this.#evaluations = other.#evaluations;
    this.#boundaries = other.#boundaries;
    this.#changed();
  }

  /** Forgets the stages from `stages` on, but for what they measured before step `steps` (a stage that continues from its middle). */
  truncate(steps: number, stages: number): void {
    this.#steps = Math.min(this.#steps, steps);
    this.#evaluations = this.#evaluations.filter((e) => e.stage < stages || e.step < steps);
    const kept = this.#boundaries.map((b, stage) => (stage < stages || b < steps ? b : Number.NaN));
    while (Number.isNaN(kept.at(-1))) kept.pop();
    this.#boundaries = kept;
    this.#changed();
  }

  #reserve(length: number): void {
    if (length <= this.#loss.length) return;
    const capacity = Math.max(length, this.#loss.length * 2);
    const grown = (from: Float32Array) => {
      const to = new Float32Array(capacity);
      to.set(from);
      return to;
    };
    this.#loss = grown(this.#loss);
    this.#accuracy = grown(this.#accuracy);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
