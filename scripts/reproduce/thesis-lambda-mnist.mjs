/** The nested layers of the thesis on MNIST: what is learned, its strength, and which weights share a scale: row-wise is one for each input. */
const rows = [
  ['lambda', '1e-8', 'row'],
  ['lambda', '1e-9', 'row'],
  ['lambda', '1e-10', 'row'],
  ['lambda', '1e-11', 'row'],
  ['lambda', '0', 'row'],
  ['inverse', '1e-9', 'row'],
  ['bins', '1e-8', 'row'],
  ['deviation', '1e-7', 'row'],
];

function run([method, strength, axis]) {
  const key = method === 'lambda' ? 'lambda' : 'gamma';
  return {
    preset: `thesis-${method}-mnist`,
    settings: [`quantize.${key}=${strength}`, `quantize.thesisAxis=${axis}`],
    row: { method: method === 'lambda' ? 'threshold' : method, [key]: Number(strength), granularity: axis },
  };
}

export const thesisLambdaMnist = {
  name: 'thesis-lambda-mnist',
  title: 'Learned scales as in the thesis: 784-128-10 on MNIST',
  about:
    'Every row is one run of 34,375 training steps through nested layers, from scratch: raw pixels, batch 32, Adam 0.0001 with ε 1e-7, ' +
    'weights drawn from N(0, 0.05²), biases with one scale each. That is 20 epochs, as in the thesis, of the 55,000 images that are left when 5,000 are kept ' +
    'for validation. “Row” is one scale for each input. `uniqueCodes` counts the distinct integers over all four tensors; test accuracy is measured with the ' +
    'values read back from the model file.',
  runs: rows.map(run),
  row: ({ row }, record) => ({
    ...row,
    seed: record.seed,
    testAccuracy: record.testAccuracy,
    uniqueCodes: record.codes.uniqueCodes,
    codeMin: record.codes.codeMin,
    codeMax: record.codes.codeMax,
    totalBits: record.ledger.totalBits,
  }),
};
