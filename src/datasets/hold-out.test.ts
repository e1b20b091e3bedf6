import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdOutSixth } from './hold-out';
import type { ImageSet } from './types';

/** One pixel row of four bytes an image, from its number: all differ. */
function setOf(labels: readonly number[], order: readonly number[]): ImageSet {
  return {
    count: order.length,
    labels: Uint8Array.from(order, (i) => labels[i]!),
    pixels: Uint8Array.from(order.flatMap((i) => [i & 255, i >> 8, 7 * i, 3])),
  };
}

const imagesOf = ({ pixels, labels }: ImageSet) => Array.from(labels, (label, i) => `${label} ${pixels.subarray(4 * i, 4 * i + 4)}`).sort();
const countOf = ({ labels }: ImageSet, label: number) => labels.filter((one) => one === label).length;
const labelled = fc.array(fc.nat(6), { minLength: 12, maxLength: 300 });

test('a sixth in all, a sixth of each class, and classes of 6 images or more on both sides', () => {
  fc.assert(
    fc.property(labelled, (labels) => {
      const all = setOf(labels, [...labels.keys()]);
      const { train, test: held } = holdOutSixth(all);
      expect(train.count + held.count).toBe(labels.length);
      expect([...imagesOf(train), ...imagesOf(held)].sort()).toEqual(imagesOf(all));
      for (const label of new Set(labels)) {
        const [n, out] = [countOf(all, label), countOf(held, label)];
        expect(out === Math.floor(n / 6) || out === Math.floor(n / 6) + 1).toBe(true);
        expect(countOf(train, label)).toBeGreaterThan(0);
        if (n >= 6) expect(out).toBeGreaterThan(0);
      }
      const single = new Set(labels.filter((label) => countOf(all, label) === 1)).size;
      expect(Math.floor(labels.length / 6) - held.count).toBeLessThanOrEqual(single);
    }),
  );
});

test('the order of the file changes nothing but the order', () => {
  const shuffled = labelled.chain((labels) =>
    fc.tuple(fc.constant(labels), fc.shuffledSubarray([...labels.keys()], { minLength: labels.length })),
  );
  fc.assert(
    fc.property(shuffled, (given) => {
      const [labels, order] = given;
      const sorted = [...labels.keys()].sort((a, b) => labels[a]! - labels[b]!);
      const [one, other] = [holdOutSixth(setOf(labels, order)), holdOutSixth(setOf(labels, sorted))];
      expect(imagesOf(one.test)).toEqual(imagesOf(other.test));
      expect(imagesOf(one.train)).toEqual(imagesOf(other.train));
    }),
  );
});

test('the images that are held out come from everywhere in the file', () => {
  const labels = new Array<number>(6000).fill(0);
  const { test: held } = holdOutSixth(setOf(labels, [...labels.keys()]));
  const perQuarter = [0, 0, 0, 0];
  for (let i = 0; i < held.count; i++) perQuarter[Math.floor((held.pixels[4 * i]! + 256 * held.pixels[4 * i + 1]!) / 1500)]! += 1;
  // 250 expected in each, standard deviation 14.
  for (const found of perQuarter) expect(Math.abs(found - 250)).toBeLessThan(70);
});
