/** A test image for which two models predict different classes. */
export interface Flip {
  /** Index in the test set. */
  readonly index: number;
  readonly label: number;
  readonly before: number;
  readonly after: number;
  /** The first was right, the second was, or neither. */
  readonly kind: 'broke' | 'fixed' | 'moved';
}

/**
 * The images whose prediction changed, in order. All three arrays: one class per image of the same test set.
 * @throws RangeError if they are not of one length
 */
export function flips(labels: Uint8Array, before: Uint8Array, after: Uint8Array): readonly Flip[] {
  if (labels.length !== before.length || labels.length !== after.length)
    throw new RangeError('The predictions belong to another test set.');
  const found: Flip[] = [];
  for (const [index, label] of labels.entries()) {
    const [was = 0, is = 0] = [before[index], after[index]];
    if (was !== is) found.push({ index, label, before: was, after: is, kind: was === label ? 'broke' : is === label ? 'fixed' : 'moved' });
  }
  return found;
}
