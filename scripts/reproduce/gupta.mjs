/** Training in 16-bit fixed point, rounded to nearest and stochastically, after Gupta et al. 2015. */
const fractions = [10, 8];
const roundings = { 'gupta-fl10-rn': 'nearest', 'gupta-fl10-sr': 'stochastic' };

/** Test error in percent of an independent program with the same network and schedule. */
const reference = {
  'nearest 10': 2.65,
  'stochastic 10': 2.2,
  'nearest 8': 75.7,
  'stochastic 8': 2.49,
};

const runs = [
  ...fractions.flatMap((fractionBits) =>
    Object.entries(roundings).map(([preset, rounding]) => ({
      preset,
      settings: [`quantize.integerBits=${16 - fractionBits}`, `quantize.fractionBits=${fractionBits}`],
      rounding,
      fractionBits,
    })),
  ),
];

export const gupta = {
  name: 'gupta-mnist',
  title: 'Training in 16-bit fixed point on MNIST: rounding to nearest and stochastic rounding',
  about:
    'LeNet-300-100, pixels 0 to 1, SGD 0.1, batch 100, 10 epochs of 55,000 images. Weights, biases and their updates are in <16 − FL, FL>; activations, and gradients of single images, in <6, 10>; ' +
    'all by the rounding named. `referenceError` is the test error in percent that an independent program found for the same setting on 60,000 images (one seed; FL 8 to nearest had 7.1 at epoch 5 and then diverged). ' +
    '`zeroUpdates` is the share of the first layer’s weights that the last step left as they were.',
  runs,
  row: ({ rounding, fractionBits }, record) => ({
    rounding,
    fractionBits,
    seed: record.seed,
    testAccuracy: record.testAccuracy,
    testError: Number((100 * (1 - record.testAccuracy)).toFixed(2)),
    referenceError: reference[`${rounding} ${fractionBits}`],
    zeroUpdates: record.stages.at(-1)?.zeroUpdates?.['fc1/kernel'] ?? null,
    totalBits: record.ledger.totalBits,
    digest: record.digest.slice(0, 16),
  }),
};
