/** Loss and accuracy of every training step, kept outside React: charts read the arrays and redraw at their own pace. */

export interface EvaluationPoint {
  /** Training steps done, over all stages, when it was measured. */
  readonly step: number;
  /** 0 … 1. */
  readonly accuracy: number;
  /** Mean cross-entropy, nats. */
  readonly loss: number;
}

const FIRST_CAPACITY = 4096;

/**
 * A growing series of per-step metrics. `loss` and `accuracy` may be longer than `steps`; what lies behind is not data.
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

  /** Validations so far, by step. A new array whenever it changes. */
  get evaluations(): readonly EvaluationPoint[] {
    return this.#evaluations;
  }

  /** Steps at which a later stage began, ascending, without 0 and without repeats. */
  get boundaries(): readonly number[] {
    return this.#boundaries;
  }

  /** Calls `listener` after every change. Returns the function that ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

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

  addEvaluation(point: EvaluationPoint): void {
    this.#evaluations = [...this.#evaluations.filter((e) => e.step < point.step), point];
    this.#changed();
  }

  addBoundary(step: number): void {
    if (step <= 0 || this.#boundaries.includes(step)) return;
    this.#boundaries = [...this.#boundaries.filter((b) => b < step), step];
    this.#changed();
  }

  /** Forgets every step from `steps` on, and what was measured after it. */
  truncate(steps: number): void {
    this.#steps = Math.min(this.#steps, steps);
    this.#evaluations = this.#evaluations.filter((e) => e.step <= steps);
    this.#boundaries = this.#boundaries.filter((b) => b < steps);
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
