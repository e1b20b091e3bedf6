/** Softmax cross-entropy: the loss of every classifier here. Double precision. */

export interface LossResult {
  /** Mean over the rows of −ln softmax(logits)[label], nats. */
  readonly loss: number;
  /** Rows whose first largest logit is the label's. */
  readonly correct: number;
  /** Gradient of the mean loss for the logits, rows × classes: (softmax − one-hot) / rows. */
  readonly gradient: Float64Array;
}

/**
 * Loss, gradient and number of right answers of a batch. The largest logit of a row is subtracted before exponentials are taken,
 * so that no finite logits overflow.
 * @param logits rows × classes
 * @param labels one class index a row
 * @throws RangeError if there are not rows × classes logits or a label is not a class
 */
export function softmaxCrossEntropy(logits: Float32Array | Float64Array, labels: ArrayLike<number>, classes: number): LossResult {
  const rows = labels.length;
  if (logits.length !== rows * classes) throw new RangeError(`${rows} rows of ${classes} logits are not ${logits.length} numbers.`);
  const gradient = new Float64Array(logits.length);
  let loss = 0;
  let correct = 0;
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number;
    if (!(label >= 0 && label < classes)) throw new RangeError(`Row ${row} has the label ${label}; there are ${classes} classes.`);
    const x = logits.subarray(row * classes, (row + 1) * classes);
    let best = 0;
    for (let j = 1; j < classes; j++) if ((x[j] as number) > (x[best] as number)) best = j;
    const largest = x[best] as number;
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += Math.exp((x[j] as number) - largest);
    for (let j = 0; j < classes; j++) {
      const probability = Math.exp((x[j] as number) - largest) / sum;
      gradient[row * classes + j] = (probability - (j === label ? 1 : 0)) / rows;
    }
    loss += Math.log(sum) + largest - (x[label] as number);
    if (best === label) correct++;
  }
  return { loss: loss / rows, correct, gradient };
}

/** Squared hinge loss of a one-against-all classifier: the loss of BinaryConnect's experiments. Double precision. */

/**
 * Mean over rows and classes of max(0, 1 − t y)², where t is 1 for the label and −1 for every other class (Lee et al. 2015,
 * arXiv 1409.5185; Courbariaux, Bengio and David 2015, section 3.2). Its gradient is −2 t max(0, 1 − t y) / (rows × classes).
 * @param outputs rows × classes
 * @param labels one class index a row
 * @throws RangeError if there are not rows × classes outputs or a label is not a class
 */
export function squaredHinge(outputs: Float32Array | Float64Array, labels: ArrayLike<number>, classes: number): LossResult {
  const rows = labels.length;
  if (outputs.length !== rows * classes) throw new RangeError(`${rows} rows of ${classes} outputs are not ${outputs.length} numbers.`);
  const gradient = new Float64Array(outputs.length);
  let loss = 0;
  let correct = 0;
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number;
    if (!(label >= 0 && label < classes)) throw new RangeError(`Row ${row} has the label ${label}; there are ${classes} classes.`);
    let best = 0;
    for (let j = 0; j < classes; j++) {
      const y = outputs[row * classes + j] as number;
      const target = j === label ? 1 : -1;
      const missing = Math.max(0, 1 - target * y);
      loss += missing * missing;
      gradient[row * classes + j] = (-2 * target * missing) / outputs.length;
      if (y > (outputs[row * classes + best] as number)) best = j;
    }
    if (best === label) correct++;
  }
  return { loss: loss / outputs.length, correct, gradient };
}
