/** The histogram may grow by this factor; then pairs of bins are joined. */
const MOST_GROWTH = 4;

/** What the bins of one sign hold. Bin i: i × width ≤ |x| < (i + 1) × width. */
interface Side {
  readonly counts: Float64Array;
  /** Σ x and Σ x² of each bin. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** Groups of values that lie close together: how many, and their mean. */
export interface Clusters {
  readonly counts: Float64Array;
  readonly means: Float64Array;
  /** Σ (x − mean of its group)²: the error that remains if each group's mean is stored exactly. */
  readonly spread: number;
}

/**
 * A histogram of signed values, with the mean of each bin. The first batch sets the width; larger magnitudes append bins of the same
 * width (as pytorch-quantization does), and once there are more than four times as many, bins of twice the width take their place.
 */
export class ValueBins {
  width = 0;
  private negative = side(0);
  private positive = side(0);
  /** Zeros seen before there was a width. */
  private zeros = 0;

  constructor(private readonly bins: number) {}

  /** @param largest the largest magnitude of the values */
  add(values: Float32Array, largest: number): void {
    this.grow(largest);
    if (this.width === 0) {
      this.zeros += values.length;
      return;
    }
    const last = this.positive.counts.length - 1;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      // The largest value of all belongs to the last bin.
      const bin = Math.min(last, Math.floor(Math.abs(value) / this.width));
      const { counts, sums, squares } = value < 0 ? this.negative : this.positive;
      counts[bin] = (counts[bin] as number) + 1;
      sums[bin] = (sums[bin] as number) + value;
      squares[bin] = (squares[bin] as number) + value * value;
    }
  }

  /** How often each magnitude occurred. */
  magnitudes(): Float64Array {
    return this.positive.counts.map((count, i) => count + (this.negative.counts[i] as number));
  }

  /** How often each value occurred, in ascending order, and how many of the bins are those of negative values. */
  signed(): { readonly counts: Float64Array; readonly below: number } {
    const below = this.negative.counts.length;
    const counts = new Float64Array(2 * below);
    counts.set(this.negative.counts.toReversed());
    counts.set(this.positive.counts, below);
    return { counts, below };
  }

  /** The bins that are not empty. */
  clusters(): Clusters {
    const [counts, means] = [[] as number[], [] as number[]];
    let spread = 0;
    for (const bins of [this.negative, this.positive])
      for (const [i, count] of bins.counts.entries()) {
        if (count === 0) continue;
        const mean = (bins.sums[i] as number) / count;
        counts.push(count);
        means.push(mean);
        spread += Math.max(0, (bins.squares[i] as number) - count * mean * mean);
      }
    return { counts: Float64Array.from(counts), means: Float64Array.from(means), spread };
  }

  private grow(largest: number): void {
    if (largest === 0) return;
    if (this.width === 0) {
      this.width = largest / this.bins;
      // Too small for 2,048 widths: one bin.
      if (this.width === 0) this.width = largest;
      [this.negative, this.positive] = [side(this.bins), side(this.bins)];
      this.positive.counts[0] = this.zeros;
    }
    while (largest > this.width * this.bins * MOST_GROWTH) this.join();
    const needed = Math.ceil(largest / this.width);
    if (needed <= this.positive.counts.length) return;
    [this.negative, this.positive] = [widened(this.negative, needed, 0), widened(this.positive, needed, 0)];
  }

  private join(): void {
    const length = Math.max(this.bins, Math.ceil(this.positive.counts.length / 2));
    [this.negative, this.positive] = [widened(this.negative, length, 1), widened(this.positive, length, 1)];
    this.width *= 2;
  }
}

function side(length: number): Side {
  return { counts: new Float64Array(length), sums: new Float64Array(length), squares: new Float64Array(length) };
}

/** The same in `length` bins, of which each holds 2^`joined` of the old ones. */
function widened({ counts, sums, squares }: Side, length: number, joined: 0 | 1): Side {
  const wider = (old: Float64Array) => {
    const bins = new Float64Array(length);
    for (let i = 0; i < old.length; i++) bins[i >> joined] = (bins[i >> joined] as number) + (old[i] as number);
    return bins;
  };
  return { counts: wider(counts), sums: wider(sums), squares: wider(squares) };
}
