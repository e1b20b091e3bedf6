/** The losses and validations of a run, few enough to keep. */

export interface Curve {
  /** Training steps done; ascending. The same twice where a stage without training changed the value: before it, and after it. */
  readonly step: readonly number[];
  readonly value: readonly number[];
}

export interface Curves {
  /** Mean training loss of equal stretches of steps, at their ends. */
  readonly loss: Curve;
  /** Validation accuracy, 0 … 1. */
  readonly validation: Curve;
}

/** Points of a saved curve, at most. */
export const CURVE_POINTS = 256;

/** Collects the losses of a run as they come; when there are too many, stretches become twice as long. */
export class CurveRecorder {
  private means: number[] = [];
  private validation: { step: number; value: number }[] = [];
  /** Steps in one stretch. */
  private stretch = 1;
  private sum = 0;
  private held = 0;
  private first: number | undefined;

  /** @param firstStep steps of the run before these losses */
  addLosses(firstStep: number, losses: Float32Array): void {
    this.first ??= firstStep;
    for (const loss of losses) {
      this.sum += loss;
      this.held += 1;
      if (this.held === this.stretch) this.close();
    }
  }

  addValidation(step: number, accuracy: number): void {
    const last = this.validation.at(-1);
    // A stage that trains nothing validates where the one before it ended: the value before it stays.
    if (last?.step !== step || last.value !== accuracy) this.validation.push({ step, value: accuracy });
  }

  /** An independent copy. */
  copy(): CurveRecorder {
    const copy = new CurveRecorder();
    const { means, validation, stretch, sum, held, first } = this;
    Object.assign(copy, { means: [...means], validation: validation.map((point) => ({ ...point })), stretch, sum, held, first });
    return copy;
  }

  private close(): void {
    this.means.push(this.sum / this.held);
    this.sum = 0;
    this.held = 0;
    if (this.means.length < 2 * CURVE_POINTS) return;
    for (let i = 0; i < CURVE_POINTS; i++) this.means[i] = ((this.means[2 * i] ?? 0) + (this.means[2 * i + 1] ?? 0)) / 2;
    this.means.length = CURVE_POINTS;
    this.stretch *= 2;
  }

  curves(): Curves {
    const { first = 0, stretch, means, held, sum } = this;
    const step = means.map((_, i) => first + (i + 1) * stretch);
    const rest = held > 0 ? { step: first + means.length * stretch + held, value: sum / held } : undefined;
    const loss = thinned([...step.map((at, i) => ({ step: at, value: means[i] ?? 0 })), ...(rest ? [rest] : [])]);
    return { loss, validation: thinned(this.validation) };
  }
}

/** At most CURVE_POINTS of the points, the last one among them. */
function thinned(points: readonly { readonly step: number; readonly value: number }[]): Curve {
  const every = Math.ceil(points.length / CURVE_POINTS);
  const kept = points.filter((_, i) => (points.length - 1 - i) % every === 0);
  return { step: kept.map(({ step }) => step), value: kept.map(({ value }) => Number(value.toPrecision(6))) };
}
