/** Training in 16-bit fixed point, rounded to nearest and stochastically, after Gupta et al. 2015. */
const roundings = { 'gupta-fl10-rn': 'nearest', 'gupta-fl10-sr': 'stochastic' };

/** Test error in percent of an independent program with the same network and schedule. */
const reference = {
  'nearest 14': 2.03,
  'stochastic 14': 2.25,
  'nearest 12': 2.12,
  'stochastic 12': 2.24,
  'nearest 10': 2.65,
  'stochastic 10': 2.2,
  'nearest 8': 75.7,
  'stochastic 8': 2.49,
  float32: 2,
};

/**
 * The same training in float32. What a step leaves unchanged is counted under a number format: here one that waits until after the
 * last step, and is then taken off.
 */
const float = [
  '#v=1&d=mnist,pixels:unit&m=lenet-300-100',
  'quantize=by:format,delay:1000000',
  'train=steps:5500,batch:100,opt:sgd,lr:0.1,eval:550',
  'quantize=exempt:dense',
].join('&');

const inFixedPoint = (fractionBits) =>
  Object.entries(roundings).map(([preset, rounding]) => ({
    preset,
    settings: [`quantize.integerBits=${16 - fractionBits}`, `quantize.fractionBits=${fractionBits}`],
    rounding,
    fractionBits,
  }));

const runs = [...[10, 8].flatMap(inFixedPoint), { preset: float, settings: [], rounding: 'float32' }, ...[14, 12].flatMap(inFixedPoint)];

export const gupta = {
  name: 'gupta-mnist',
  title: 'Training in 16-bit fixed point on MNIST: rounding to nearest and stochastic rounding',
  about:
    'LeNet-300-100, pixels 0 to 1, SGD 0.1, batch 100, 10 epochs of 55,000 images. Weights, biases and their updates are in <16 − FL, FL>; activations, and gradients of single images, in <6, 10>; ' +
    'all by the rounding named; “float32” rounds nothing. `referenceError` is the test error in percent that an independent program found for the same setting on 60,000 images (one seed; FL 8 to nearest had 7.1 at epoch 5 and then diverged). ' +
    '`zeroUpdates` is the share of the first layer’s weights that the last step left as they were.',
  runs,
  row: ({ rounding, fractionBits = null }, record) => ({
    rounding,
    fractionBits,
    seed: record.seed,
    testAccuracy: record.testAccuracy,
    testError: Number((100 * (1 - record.testAccuracy)).toFixed(2)),
    referenceError: reference[fractionBits === null ? rounding : `${rounding} ${fractionBits}`],
    zeroUpdates: record.stages.find(({ zeroUpdates }) => zeroUpdates)?.zeroUpdates['fc1/kernel'] ?? null,
    totalBits: record.ledger.totalBits,
    digest: record.digest.slice(0, 16),
  }),
};
