/** The contract of everything that stages install: it holds of every pair and every triple. */
import { beforeAll, describe, test } from 'vitest';
import { pruningCriteria } from '../experiment/methods/pruning/registry';
import type { Stage } from '../experiment/types/experiment';
import { quantizerIds } from './parametrizations/quantizers/registry';
import { checkCombination } from './testing/combination';
import { tinyDataset } from './testing/tiny-dataset';
import { model, stage, tinyCnn, tinyExperiment, train } from './testing/tiny-run';
import { openTestBackends } from './testing/wasm-test-backend';

beforeAll(openTestBackends);

const dataset = tinyDataset({ train: 60, test: 30 });
const small = model('mlp', { widths: [10] });

const prune = stage('prune', { amount: 60 });
const pruneAll = stage('prune', { amount: 30, scope: 'global' });
const lowRank = stage('factorize', { rank: 2 });
const freshLowRank = stage('factorize', { rank: 2, from: 'init' });
const quantizers = quantizerIds('weights').map((method) => stage('quantize', { method }));
const wide = stage('quantize', { method: 'lsq', biases: 'same', activations: 'uniform', actBits: 6, samples: 8, gradients: 'dorefa' });
const removeUnits = stage('remove', { amount: 40 });
const removeGlobal = stage('remove', { amount: 40, scope: 'global', criterion: 'taylor', samples: 16 });
const removeDead = stage('remove', { criterion: 'dead' });
const folding = stage('quantize', { bits: 8, fold: true, biases: 'uniform' });

const name = (stages: readonly Stage[]) =>
  stages
    .map(({ kind, method, scope, from, support, coder }) => [kind, method ?? from ?? scope ?? support, coder].filter(Boolean).join(' '))
    .join(' → ');

/** Trained before and after, so that there is something to prune and something to keep pruned. */
function check(...middle: readonly Stage[]): void {
  const stages = [train({ steps: 2 }), ...middle, train({ steps: 4, lr: 0.02 })];
  test(name(middle), () => checkCombination(tinyExperiment(stages, { model: small }), dataset).then(() => {}));
}

describe('every pair', () => {
  for (const quantize of [...quantizers, wide]) {
    for (const other of [prune, pruneAll, lowRank]) {
      check(other, quantize);
      check(quantize, other);
    }
  }
  for (const one of [prune, pruneAll, lowRank, freshLowRank])
    for (const other of [prune, pruneAll, lowRank, freshLowRank]) check(one, other);
  // A quantizer takes the place of the one before.
  for (const [i, quantize] of quantizers.entries()) check(quantize, quantizers[(i + 1) % quantizers.length] as Stage);
});

describe('every pruning criterion', () => {
  for (const { id } of pruningCriteria) {
    const by = stage('prune', { criterion: id, amount: 40 });
    check(lowRank, by);
    check(by, wide, by);
    check(wide, by, lowRank);
  }
});

describe('every triple', () => {
  for (const quantize of [...quantizers, wide]) {
    check(prune, lowRank, quantize);
    check(lowRank, prune, quantize);
    check(lowRank, quantize, prune);
    check(prune, quantize, pruneAll);
    check(prune, pruneAll, quantize);
    check(quantize, prune, lowRank);
  }
  check(prune, stage('rewind'), prune);
  check(prune, stage('rewind', { to: 1 }), quantizers[0] as Stage);
});

describe('every way to write the file', () => {
  const codings = ['packed', 'huffman'].flatMap((coder) =>
    ['dense', 'bitmask', 'relative', 'csr', 'csc'].map((support) => stage('encode', { support, coder, indexBits: 3 })),
  );
  const smallest = stage('encode', {});
  for (const quantize of quantizers) for (const encode of [...codings, smallest]) check(prune, quantize, encode);
  for (const encode of [...codings, smallest]) check(encode, prune);
  check(smallest, lowRank, pruneAll, wide);
});

describe('with units removed', () => {
  for (const quantize of [...quantizers, wide]) {
    check(removeUnits, quantize);
    check(quantize, removeUnits);
    check(removeUnits, prune, quantize);
  }
  for (const other of [prune, pruneAll, lowRank, freshLowRank]) {
    check(removeGlobal, other);
    check(other, removeGlobal);
    check(other, removeDead);
  }
  check(removeUnits, stage('rewind'), removeUnits);
  check(prune, removeUnits, stage('rewind', { to: 1 }));
  check(prune, removeUnits, stage('encode'));
  check(stage('repeat', { rounds: 2, of: 3 }), train({ steps: 2 }), removeUnits, stage('rewind'));
});

describe('in a residual network', () => {
  const residual = model('resnet', { groups: [2, 3] });
  const checkIn = (...middle: readonly Stage[]) =>
    test(name(middle), async () => {
      await checkCombination(tinyExperiment([train({ steps: 2 }), ...middle, train({ steps: 4 })], { model: residual }), dataset);
    });
  checkIn(prune, folding);
  checkIn(folding, pruneAll);
  checkIn(prune, wide, stage('encode', { support: 'relative' }));
  checkIn(removeUnits, prune);
});

describe('with batch norm, convolutions and dropout', () => {
  const cnn = (...middle: readonly Stage[]) =>
    test(name(middle), async () => {
      await checkCombination(tinyExperiment([train({ steps: 2 }), ...middle, train({ steps: 4 })], { model: tinyCnn }), dataset);
    });
  cnn(prune, folding);
  cnn(folding, prune);
  cnn(lowRank, folding);
  cnn(folding, lowRank, stage('quantize', { bits: 3, granularity: 'channel' }));
  cnn(prune, lowRank, wide);
  cnn(prune, folding, stage('encode', { support: 'relative', indexBits: 2, convIndexBits: 3 }));
  cnn(prune, stage('encode'));
  cnn(removeUnits, folding);
  cnn(folding, removeUnits);
  cnn(prune, removeGlobal, wide);
  cnn(lowRank, removeUnits, stage('encode'));
});
