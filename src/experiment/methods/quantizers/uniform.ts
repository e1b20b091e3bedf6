import type { Method, Values } from '../../settings/setting';

const sources: Readonly<Record<string, string>> = { static: 'static range', average: 'moving average', dynamic: 'dynamic range' };

/** Uniform activations with calibrated, followed or recomputed ranges. */
export const uniform: Method = {
  id: 'uniform',
  label: 'Uniform',
  help: 'Rounds each layer’s inputs to a multiple of one scale. The gradient passes within the range, and nothing of it outside.',
  formula: '\\hat x = s\\,\\bigl(\\operatorname{clip}(\\operatorname{round}(x / s) + z) - z\\bigr)',
  source: 'Jacob et al. 2018, arXiv 1712.05877',
  phrase,
  settings: [
    {
      type: 'number',
      key: 'actBits',
      short: 'abits',
      label: 'Bits',
      help: 'Bits for each input of a layer. With 1 bit, inputs that can be negative become −s or s.',
      formula: '2^b \\text{ codes}',
      unit: 'bits',
      default: 8,
      min: 1,
      max: 16,
      step: 1,
      integer: true,
      control: 'slider',
    },
    {
      type: 'choice',
      key: 'actRange',
      short: 'arange',
      label: 'Range',
      help: 'Where the range comes from.',
      default: 'static',
      options: [
        { value: 'static', label: 'static', help: 'The calibration images; it then stays.' },
        {
          value: 'average',
          label: 'moving average',
          help: 'The batches’ extremes while training, 99 % old and 1 % new, from the calibration images on.',
        },
        { value: 'dynamic', label: 'dynamic', help: 'Each image’s own extremes, whenever it is seen.' },
      ],
    },
    {
      type: 'choice',
      key: 'actCalibration',
      short: 'acalib',
      label: 'Calibration',
      help: 'What is clipped of the values of the calibration images.',
      default: 'min-max',
      options: [
        { value: 'min-max', label: 'min-max', help: 'Nothing.' },
        { value: 'moving-average', label: 'moving average', help: 'What lies beyond the average extremes of batches of 64 images.' },
        { value: 'percentile', label: 'percentile', help: 'The largest magnitudes.' },
        { value: 'mse', label: 'least squared error', help: 'What gives the least error.' },
        {
          value: 'entropy',
          label: 'entropy',
          help: 'What keeps most information, by Kullback-Leibler divergence (TensorRT). On pixels with one very frequent value it cuts too much.',
        },
      ],
      when: { key: 'actRange', is: ['static'] },
    },
    {
      type: 'number',
      key: 'actPercentile',
      short: 'apct',
      label: 'Percentile',
      help: 'Share of the magnitudes that is kept.',
      unit: '%',
      default: 99.99,
      min: 50,
      max: 100,
      step: 0.01,
      control: 'field',
      when: { key: 'actCalibration', is: ['percentile'] },
    },
    {
      type: 'choice',
      key: 'actScheme',
      short: 'ascheme',
      label: 'Scheme',
      help: 'Which codes the inputs get.',
      default: 'data',
      advanced: true,
      options: [
        {
          value: 'data',
          label: 'by the data',
          help: 'Unsigned where no calibration image has a negative value, as after ReLU; else symmetric.',
        },
        { value: 'symmetric', label: 'symmetric', help: 'As far below 0 as above: after ReLU half of the codes are idle.' },
        { value: 'asymmetric', label: 'asymmetric', help: 'From the smallest to the largest value, with a zero-point.' },
      ],
    },
  ],
};

function phrase({ actBits, actRange, actCalibration }: Values): string {
  const clipped =
    actRange === 'static' && actCalibration !== 'min-max'
      ? ` (${actCalibration === 'mse' ? 'least error' : String(actCalibration).replace('-', ' ')})`
      : '';
  return `${actBits === 1 ? '1 bit' : `${actBits} bits`}, ${sources[String(actRange)] ?? ''}${clipped}`;
}
