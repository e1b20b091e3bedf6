/** BinaryConnect on MNIST beside the paper's table 2. */
const modes = { none: 'none', det: 'deterministic', stoch: 'stochastic' };
/** Test error in percent, mean of six runs; 3 × 2048 units, without dropout. */
const paper = { none: 1.3, det: 1.29, stoch: 1.18 };
const seeds = [42];

const runs = seeds.flatMap((seed) =>
  Object.keys(modes).map((mode) => ({ preset: `binary-connect-mnist-${mode}`, settings: [`seed=${seed}`], mode })),
);

export const binaryConnectMnist = {
  name: 'binary-connect-mnist',
  title: 'BinaryConnect on MNIST: no binarization, deterministic, stochastic',
  about:
    'A multilayer perceptron with three hidden layers of 256 units (the paper: 2048), batch norm behind each of them (the paper: behind the output too), ReLU, squared hinge loss, Adam, its rate falling exponentially from 0.01 (the authors’ program: 0.001) to 0.000003, batch 100, 10 epochs (250), ' +
    'H by layer. Errors in percent of the 10,000 test images at the end of training; `paperError` is the paper’s mean of six runs for its larger network. Deterministic BinaryConnect stores signs, stochastic the real weights, as the paper does.',
  runs,
  row: ({ mode }, record) => ({
    mode: modes[mode],
    seed: record.seed,
    testError: Number((100 * (1 - record.testAccuracy)).toFixed(2)),
    paperError: paper[mode],
    testAccuracy: record.testAccuracy,
    valAccuracy: record.valAccuracy,
    totalBits: record.ledger.totalBits,
    seconds: Math.round(record.seconds),
    digest: record.digest.slice(0, 16),
  }),
};
