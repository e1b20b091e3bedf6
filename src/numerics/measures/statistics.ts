/** Summaries of runs and of predictions. */

/** Arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** Sample standard deviation (divided by n − 1), computed from deviations; 0 for one value, NaN of nothing. */
export function standardDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return values.length === 1 ? 0 : Number.NaN;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += ((values[i] as number) - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** Column of the largest score of each row; the first one of equals. NaN is never the largest. */
export function argmaxRows(scores: Float32Array | Float64Array, columns: number): Int32Array {
  const chosen = new Int32Array(scores.length / columns);
  for (let row = 0; row < chosen.length; row++) {
    let best = Number.NEGATIVE_INFINITY;
    for (let column = 0; column < columns; column++) {
      const score = scores[row * columns + column] as number;
      if (score > best) {
        best = score;
        chosen[row] = column;
      }
    }
  }
  return chosen;
}

/**
 * Counts of (true class, predicted class): classes × classes, row = true class.
 * @throws RangeError if the lists differ in length or hold a class outside 0 … classes − 1
 */
export function confusionMatrix(labels: ArrayLike<number>, predictions: ArrayLike<number>, classes: number): Uint32Array {
  if (labels.length !== predictions.length) {
    throw new RangeError(`There are ${labels.length} labels and ${predictions.length} predictions; the numbers must be equal.`);
  }
  const counts = new Uint32Array(classes * classes);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    const prediction = predictions[i] as number;
    for (const value of [label, prediction]) {
      if (!(value >= 0 && value < classes)) throw new RangeError(`Example ${i} has the class ${value}; there are ${classes} classes.`);
    }
    const cell = label * classes + prediction;
    counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
}

/** Share of examples on the diagonal; NaN of an empty matrix. */
export function accuracy(confusion: Uint32Array, classes: number): number {
  let right = 0;
  let all = 0;
  for (let cell = 0; cell < confusion.length; cell++) {
    const count = confusion[cell] as number;
    all += count;
    if (Math.floor(cell / classes) === cell % classes) right += count;
  }
  return right / all;
}

/** Share of each true class that was predicted right (recall); NaN for a class without examples. */
export function accuracyPerClass(confusion: Uint32Array, classes: number): Float64Array {
  return Float64Array.from({ length: classes }, (_, label) => {
    const row = confusion.subarray(label * classes, (label + 1) * classes);
    return (row[label] as number) / row.reduce((a, count) => a + count, 0);
  });
}
