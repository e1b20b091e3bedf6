/** Loss against deletions without retraining: Optimal Brain Damage and Surgeon beside magnitude, on a small network. */
const trained = '#v=1&d=mnist&m=mlp,widths:20&train=steps:3000';
const amounts = [0, 5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80];

function run(criterion, amount, seed) {
  const link = `${trained.replace('&m=', `&seed=${seed}&m=`)}&prune=by:${criterion},amount:${amount},scope:global`;
  return { link, criterion, amount };
}

export const obdCurve = {
  name: 'obd-curve',
  title: 'Optimal Brain Damage, Optimal Brain Surgeon and magnitude: loss against deletions',
  about:
    'A network with 20 hidden units (15,880 weights) on MNIST, 3,000 steps of Adam, then the given share of all weights is deleted in one go, ranked over both ' +
    'layers, and nothing is trained afterwards. OBD ranks by h w² ÷ 2 with the Gauss-Newton diagonal of the training loss (LeCun, Denker and Solla 1990). ' +
    'OBS ranks by w² ÷ 2 [H⁻¹] with H the mean of x xᵀ over the inputs of each layer, and moves the weights that stay (Hassibi and Stork 1993; by layers: Dong, Chen and Pan 2017). ' +
    '`testLoss` is the mean cross-entropy of the 10,000 test images, in nats.',
  runs: [42, 1, 2].flatMap((seed) =>
    amounts.flatMap((amount) => ['magnitude', 'obd', 'obs'].map((criterion) => run(criterion, amount, seed))),
  ),
  row: ({ criterion, amount }, record) => ({
    seed: record.seed,
    deleted: amount,
    criterion,
    testLoss: Number(record.stages.at(-1).testLoss.toFixed(5)),
    testAccuracy: record.testAccuracy,
  }),
};
