/** The thesis's nested layers on MNIST: thresholds, penalties, which weights share a scale, and that λ acts through λ ÷ ε. */
const sharing = { row: 'row (one for each input)', column: 'column (one for each output)', scalar: 'scalar (one for each tensor)' };

/** The published table first: [what is learned, its strength, sharing, further settings, note]. */
const rows = [
  ['lambda', '1e-10', 'row'],
  ['lambda', '0', 'row'],
  ['lambda', '1e-11', 'row'],
  ['lambda', '1e-9', 'row'],
  ['lambda', '1e-8', 'row'],
  ['inverse', '1e-9', 'row'],
  ['bins', '1e-8', 'row'],
  ['deviation', '1e-7', 'row'],
  ['lambda', '1e-10', 'column'],
  ['lambda', '1e-10', 'scalar'],
  ['lambda', '1e-10', 'row', ['train.epsilon=1e-8'], 'Adam ε 1e-8'],
  ['lambda', '1e-10', 'row', ['data.normalize=unit'], 'pixels 0 to 1'],
];

function run([method, strength, axis, settings = [], note = '']) {
  const key = method === 'lambda' ? 'lambda' : 'gamma';
  return {
    preset: `thesis-${method}-mnist`,
    settings: [`quantize.${key}=${strength}`, `quantize.thesisAxis=${axis}`, ...settings],
    row: { method: method === 'lambda' ? 'threshold' : method, [key]: Number(strength), granularity: sharing[axis] },
    note,
  };
}

export const thesisLambdaMnist = {
  name: 'thesis-lambda-mnist',
  title: 'Learned scales as in the thesis: 784-128-10 on MNIST',
  about:
    'Every row is one run of 37,500 training steps through nested layers, from scratch: raw pixels, batch 32, Adam 0.0001 with ε 1e-7 unless the note says ' +
    'otherwise, weights drawn from N(0, 0.05²), biases with one scale each. 37,500 steps are the 20 epochs of the thesis, which trained on 60,000 images; ' +
    'here 5,000 of them are kept for validation, and scales grow with the number of steps, not of epochs. `uniqueCodes` counts the distinct integers over all ' +
    'four tensors; test accuracy is measured with the values read back from the model file.',
  runs: rows.map(run),
  row: ({ row, note }, record) => ({
    ...row,
    seed: record.seed,
    testAccuracy: record.testAccuracy,
    uniqueCodes: record.codes.uniqueCodes,
    codeMin: record.codes.codeMin,
    codeMax: record.codes.codeMax,
    totalBits: record.ledger.totalBits,
    note,
  }),
};
