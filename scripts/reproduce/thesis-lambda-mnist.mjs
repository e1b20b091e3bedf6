/**
 * The nested layers of the thesis on MNIST: what is learned, its strength, and which weights share a scale: row-wise is one for each
 * input; then, where they are not the preset's, the seed and the training steps.
 */
const rows = [
  ['lambda', '1e-8', 'row'],
  ['lambda', '1e-9', 'row'],
  ['lambda', '1e-10', 'row'],
  ['lambda', '1e-11', 'row'],
  ['lambda', '0', 'row'],
  ['inverse', '1e-9', 'row'],
  ['bins', '1e-8', 'row'],
  ['deviation', '1e-7', 'row'],
  ...[1, 2].map((seed) => ['lambda', '1e-8', 'row', { seed }]),
  ...[1, 42, 2].map((seed) => ['lambda', '1e-8', 'row', { seed, 'train.steps': 37_500 }]),
  ['deviation', '1e-7', 'row', { 'quantize.learnedBy': 'true-deviation' }],
];

function run([method, strength, axis, own = {}]) {
  const key = method === 'lambda' ? 'lambda' : 'gamma';
  return {
    preset: `thesis-${method}-mnist`,
    settings: [
      ...Object.entries(own).map(([path, value]) => `${path}=${value}`),
      `quantize.${key}=${strength}`,
      `quantize.thesisAxis=${axis}`,
    ],
    row: {
      method: own['quantize.learnedBy'] ?? (method === 'lambda' ? 'threshold' : method),
      [key]: Number(strength),
      granularity: axis,
    },
  };
}

export const thesisLambdaMnist = {
  name: 'thesis-lambda-mnist',
  title: 'Learned scales as in the thesis: 784-128-10 on MNIST',
  about:
    'Every row is one run of `steps` training steps through nested layers, from scratch: raw pixels, batch 32, Adam 0.0001 with ε 1e-7, ' +
    'weights drawn from N(0, 0.05²), biases with one scale each. 34,375 steps are 20 epochs, as in the thesis, of the 55,000 images that are left when 5,000 are kept ' +
    'for validation; 37,500 are 20 epochs of 60,000. “Row” is one scale for each input. `uniqueCodes` counts the distinct integers over all four tensors; test accuracy is measured with the ' +
    'values read back from the model file.',
  runs: rows.map(run),
  row: ({ row }, record) => ({
    ...row,
    seed: record.seed,
    steps: record.steps,
    testAccuracy: record.testAccuracy,
    uniqueCodes: record.codes.uniqueCodes,
    codeMin: record.codes.codeMin,
    codeMax: record.codes.codeMax,
    totalBits: record.ledger.totalBits,
  }),
};
