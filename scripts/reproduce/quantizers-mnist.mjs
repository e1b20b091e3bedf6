/** Every quantizer on LeNet-300-100: rounded afterwards by bits and granularity, and trained through. */
const base = '#v=1&d=mnist&m=lenet-300-100';
const afterwards = (stage) => `${base}&train&quantize=${stage}`;
const tuned = (stage) => `${base}&train&quantize=${stage}&train=steps:500`;
const fromScratch = (stage) => `${base}&quantize=${stage}&train`;
const seeds = [42, 1, 2];

function run(method, link, { bits, granularity = 'tensor', activations = 'float32', gradients, seed = 42, program }) {
  return { link: link.replace('&m=', `&seed=${seed}&m=`), method, bits, granularity, activations, gradients, program };
}

const ptqBy = (method, stage, values) => run(method, afterwards(stage), { program: 'PTQ', ...values });
const ptq = (stage, values) => ptqBy('uniform', stage, values);
const qat = (method, stage, values) => run(method, tuned(stage), { program: 'QAT, 500 steps after training', ...values });

const rounded = [8, 6, 5, 4, 3, 2].flatMap((bits) =>
  ['tensor', 'channel'].flatMap((granularity) =>
    seeds.map((seed) => ptq(`bits:${bits}${granularity === 'tensor' ? '' : `,per:${granularity}`}`, { bits, granularity, seed })),
  ),
);
const blocks = [4, 3, 2].map((bits) => ptq(`bits:${bits},per:block`, { bits, granularity: 'block of 64' }));
const searched = [4, 3, 2].map((bits) => ptqBy('uniform, MSE range', `bits:${bits},calib:mse`, { bits }));
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

// What trained rows begin with, and what 500 more steps do to float32.
const floatLonger = seeds.map((seed) =>
  run('float32', `${base}&train&train=steps:500`, { bits: 32, granularity: '–', program: 'float, 500 more steps', seed }),
);
const starts = [
  ptqBy('lsq', 'by:lsq,bits:2', { bits: 2 }),
  ptqBy('lsq', 'by:lsq,bits:2,act:lsq,abits:2', { bits: 2, activations: '2 bits, LSQ' }),
  ptqBy('lsq', 'by:lsq,bits:2,act:pact', { bits: 2, activations: '4 bits, PACT' }),
  ptqBy('dorefa', 'by:dorefa,bits:2', { bits: 2 }),
  ptqBy('wrpn', 'by:wrpn,bits:2', { bits: 2 }),
  ptqBy('qil', 'by:qil,bits:2', { bits: 2 }),
  ptqBy('ttq', 'by:ttq', { bits: 2 }),
];
const activations = [
  qat('lsq', 'by:lsq,bits:2,act:pact', { bits: 2, activations: '4 bits, PACT' }),
  qat('dorefa', 'by:dorefa,bits:2,act:dorefa,atop:observed', { bits: 2, activations: '4 bits, DoReFa, to the largest seen' }),
  qat('wrpn', 'by:wrpn,bits:2,act:wrpn,atop:observed', { bits: 2, activations: '4 bits, WRPN, to the largest seen' }),
  qat('qil', 'by:qil,bits:2,act:qil', { bits: 2, activations: '4 bits, QIL' }),
  qat('lq-nets', 'by:lq-nets,bits:2,act:lq-nets', { bits: 2, granularity: 'channel', activations: '2 bits, LQ-Nets' }),
  qat('bwn', 'by:bwn,act:sign', { bits: 1, granularity: 'channel', activations: '1 bit, sign' }),
  qat('format', 'by:format,act:format', { bits: 8, activations: 'fp8 e4m3fn' }),
  qat('ste', 'bits:8,act:uniform,arange:average', { bits: 8, activations: '8 bits, moving average' }),
  qat('ste', 'bits:8,act:uniform,arange:dynamic', { bits: 8, activations: '8 bits, dynamic' }),
  ...seeds.map((seed) => ptq('bits:8,act:uniform,arange:dynamic', { bits: 8, activations: '8 bits, dynamic', seed })),
];
const gradients = [
  qat('lsq', 'by:lsq,bits:2,grad:dorefa', { bits: 2, gradients: '6 bits, DoReFa' }),
  qat('format', 'by:format,grad:format', { bits: 8, gradients: 'fp8 e5m2' }),
  qat('format', 'by:format,grad:format,gscale:64', { bits: 8, gradients: 'fp8 e5m2, loss × 64' }),
];
const blockFormats = [
  ['mxfp8', 8],
  ['mxfp6-e2m3', 6],
  ['mxfp4', 4],
  ['mxint8', 8],
  ['nvfp4', 4],
].map(([format, bits]) =>
  qat(`format, ${format}`, `by:format,fmt:${format}`, { bits, granularity: format === 'nvfp4' ? 'block of 16' : 'block of 32' }),
);
const others = [
  qat('codebook, quantiles', 'by:codebook,bits:2,fit:quantiles', { bits: 2 }),
  qat('noise, rounding of half', 'by:noise,bits:3,noise:rounding,noiseshare:0.5', { bits: 3 }),
];
const additive = [2, 3, 4, 5].flatMap((bits) =>
  seeds.flatMap((seed) => [ptqBy('apot', `by:apot,bits:${bits}`, { bits, seed }), qat('apot', `by:apot,bits:${bits}`, { bits, seed })]),
);
const softSeeds = seeds
  .slice(1)
  .flatMap((seed) => ['soft-round', 'dsq'].map((method) => qat(method, `by:${method},bits:2`, { bits: 2, seed })));

export const quantizersMnist = {
  name: 'quantizers-mnist',
  title: 'Every quantizer on MNIST: bits, granularity, and training through it',
  about:
    'LeNet-300-100, 2,000 training steps (batch 64, Adam 0.0012, standardized pixels), then the quantizer; “QAT” trains 500 more steps through it. ' +
    'Test accuracy is measured on all 10,000 test images with the values read back from the model file; `totalBits` is the length of that file. ' +
    'Biases are float32; “float32” activations are not quantized, and gradients are not where none are named.',
  runs: [
    ...seeds.map((seed) => run('float32', `${base}&train`, { bits: 32, granularity: '–', program: 'float', seed })),
    ...rounded,
    ...blocks,
    ...searched,
    ...integers,
    ...trained,
    // New rows come last: the command makes them alone with --rows.
    ...floatLonger,
    ...starts,
    ...activations,
    ...gradients,
    ...blockFormats,
    ...others,
    ...additive,
    ...softSeeds,
  ],
  row: ({ method, bits, granularity, activations, gradients, program }, record) => ({
    method,
    bits,
    granularity,
    activations,
    ...(gradients && { gradients }),
    program,
    seed: record.seed,
    testAccuracy: record.testAccuracy,
    totalBits: record.ledger.totalBits,
  }),
};
