import { expect, test } from 'vitest';
import { sparseWords } from './sparse-words';

const layer = (weights: number, zeros: number, pruned = zeros, revived = 0) => ({ weights, zeros, pruned, revived });
const plain = ({ tone, text }: { tone: string; text: string }) => [tone, text.replaceAll('\u00a0', ' ')];

test('zeros are counted among the stored weights of all layers', () => {
  expect(plain(sparseWords([layer(1000, 900), layer(1000, 800)], null))).toEqual([
    'good',
    'Sparse: 1,700 of 2,000 stored weights are exactly 0 (85.0 %).',
  ]);
  expect(plain(sparseWords([layer(1000, 900)], { share: 0.9, stage: 'stage 2' }))[1]).toMatch(/^Still sparse: 900 of 1,000/);
  expect(plain(sparseWords([layer(1000, 3)], null))).toEqual(['plain', 'Not sparse: 3 of 1,000 stored weights are exactly 0 (0.3 %).']);
});

test('warns where a later stage has filled the zeros', () => {
  expect(plain(sparseWords([layer(1000, 10, 0)], { share: 0.9, stage: 'stage 2' }))).toEqual([
    'warning',
    'Sparsity was lost: after stage 2, 90.0 % of the weights were 0. Now 10 of 1,000 stored weights are exactly 0 (1.0 %).',
  ]);
});

test('warns where pruned weights are stored as something else', () => {
  expect(plain(sparseWords([layer(1000, 890, 900, 10)], null))).toEqual([
    'warning',
    'Not sparse any more: 10 pruned weights are stored as values other than 0. 890 of 1,000 stored weights are exactly 0 (89.0 %).',
  ]);
});
