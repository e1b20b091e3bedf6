/** Every quantizer on LeNet-300-100: rounded afterwards by bits and granularity, and trained through. */
const base = '#v=1&d=mnist&m=lenet-300-100';
const afterwards = (stage) => `${base}&train&quantize=${stage}`;
const tuned = (stage) => `${base}&train&quantize=${stage}&train=steps:500`;
const fromScratch = (stage) => `${base}&quantize=${stage}&train`;
const seeds = [42, 1, 2];

function run(method, link, { bits, granularity = 'tensor', activations = 'float32', seed = 42, program }) {
  return { link: link.replace('&m=', `&seed=${seed}&m=`), method, bits, granularity, activations, program };
}

const ptq = (stage, values) => run('uniform', afterwards(stage), { program: 'PTQ', ...values });
const qat = (method, stage, values) => run(method, tuned(stage), { program: 'QAT, 500 steps after training', ...values });

const rounded = [8, 6, 5, 4, 3, 2].flatMap((bits) =>
  ['tensor', 'channel'].flatMap((granularity) =>
    seeds.map((seed) => ptq(`bits:${bits}${granularity === 'tensor' ? '' : `,per:${granularity}`}`, { bits, granularity, seed })),
  ),
);
const blocks = [4, 3, 2].map((bits) => ptq(`bits:${bits},per:block`, { bits, granularity: 'block of 64' }));
const searched = [4, 3, 2].map((bits) => ({ ...ptq(`bits:${bits},calib:mse`, { bits }), method: 'uniform, MSE range' }));
const integers = ['min-max', 'percentile', 'mse', 'entropy'].flatMap((calibration) =>
  seeds.map((seed) => ptq(`bits:8,act:uniform,acalib:${calibration}`, { bits: 8, activations: `8 bits, static, ${calibration}`, seed })),
);
const trained = [
  ...seeds.flatMap((seed) => [
    qat('ste', 'bits:2', { bits: 2, seed }),
    qat('ste, MSE range', 'bits:2,calib:mse', { bits: 2, seed }),
    qat('lsq', 'by:lsq,bits:2', { bits: 2, seed }),
    qat('lsq', 'by:lsq,bits:3', { bits: 3, seed }),
  ]),
  qat('lsq', 'by:lsq,bits:2,act:lsq,abits:2', { bits: 2, activations: '2 bits, LSQ' }),
  qat('dorefa', 'by:dorefa,bits:2', { bits: 2 }),
  qat('wrpn', 'by:wrpn,bits:2', { bits: 2 }),
  qat('qil', 'by:qil,bits:2', { bits: 2 }),
  qat('ttq', 'by:ttq', { bits: 2 }),
  qat('twn', 'by:twn', { bits: 2 }),
  qat('bwn', 'by:bwn', { bits: 1, granularity: 'channel' }),
  qat('lq-nets', 'by:lq-nets,bits:2', { bits: 2, granularity: 'channel' }),
  qat('codebook', 'by:codebook,bits:2', { bits: 2 }),
  qat('codebook', 'by:codebook,bits:4', { bits: 4 }),
  qat('power-of-two', 'by:power-of-two,bits:4', { bits: 4 }),
  qat('format', 'by:format', { bits: 8 }),
  qat('waveq', 'by:waveq,bits:3', { bits: 3 }),
  qat('soft-round', 'by:soft-round,bits:2', { bits: 2 }),
  qat('dsq', 'by:dsq,bits:2', { bits: 2 }),
  qat('prox-quant', 'by:prox-quant,bits:2', { bits: 2 }),
  qat('binary-relax', 'by:binary-relax,bits:2', { bits: 2 }),
  qat('noise', 'by:noise,bits:3', { bits: 3 }),
  qat('no surrogate', 'bits:2,ste:none', { bits: 2 }),
  run('binary-connect', fromScratch('by:binary-connect'), { bits: 1, program: 'from scratch, 2,000 steps' }),
];

export const quantizersMnist = {
  name: 'quantizers-mnist',
  title: 'Every quantizer on MNIST: bits, granularity, and training through it',
  about:
    'LeNet-300-100, 2,000 training steps (batch 64, Adam 0.0012, standardized pixels), then the quantizer; “QAT” trains 500 more steps through it. ' +
    'Test accuracy is measured on all 10,000 test images with the values read back from the model file; `totalBits` is the length of that file. ' +
    'Biases are float32; “float32” activations are not quantized.',
  runs: [
    ...seeds.map((seed) => run('float32', `${base}&train`, { bits: 32, granularity: '–', program: 'float', seed })),
    ...rounded,
    ...blocks,
    ...searched,
    ...integers,
    ...trained,
  ],
  row: ({ method, bits, granularity, activations, program }, record) => ({
    method,
    bits,
    granularity,
    activations,
    program,
    seed: record.seed,
    testAccuracy: record.testAccuracy,
    totalBits: record.ledger.totalBits,
  }),
};
