/** What the first page claims: float, rounded after training, trained through the quantizer; and that a run can be repeated. */
const presets = ['mnist-float', 'mnist-ptq-4bit', 'mnist-ste-4bit', 'mnist-2bit', 'mnist-qat-finetune'];
const seeds = [42, 1, 2];

export const firstLight = {
  name: 'first-light',
  title: 'LeNet-300-100 on MNIST: float, 4 bits and 2 bits, after and during training',
  about:
    'Every row is one run of 2,000 training steps, and 500 more where it is fine-tuned (batch 64, Adam 0.0012, standardized pixels) ' +
    'on the whole of MNIST; test accuracy is measured on all 10,000 test images with the values read back from the model file, whose length is `totalBits`. The rows marked ' +
    '“again” repeat an earlier one: the digest must be the same.',
  runs: [
    ...seeds.flatMap((seed) => presets.map((preset) => ({ preset, settings: [`seed=${seed}`], note: '' }))),
    { preset: 'mnist-float', settings: ['seed=42'], note: 'again' },
    { preset: 'mnist-ste-4bit', settings: ['seed=42'], note: 'again' },
  ],
  row: (run, record) => ({
    preset: run.preset,
    seed: record.seed,
    steps: record.steps,
    testAccuracy: record.testAccuracy,
    valAccuracy: record.valAccuracy,
    totalBits: record.ledger.totalBits,
    rate: Number((record.ledger.denseBits / record.ledger.totalBits).toFixed(2)),
    digest: record.digest.slice(0, 16),
    note: run.note,
  }),
};
