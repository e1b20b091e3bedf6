import type { Method, Values } from '../../settings/setting';

const sources: Readonly<Record<string, string>> = { static: 'static range', average: 'moving average', dynamic: 'dynamic range' };

/** Uniform activations with calibrated, followed or recomputed ranges. */
export const uniform: Method = {
  id: 'uniform',
  label: 'Uniform',
  help: 'Rounds each layer’s inputs to multiples of one scale. The gradient passes only within the range.',
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
        { value: 'static', label: 'static', help: 'From the calibration images, then fixed.' },
        {
          value: 'average',
          label: 'moving average',
          help: 'Moving average of the batches’ extremes while training (99 % old, 1 % new), from the calibration images on.',
        },
        { value: 'dynamic', label: 'dynamic', help: 'From the extremes of each image.' },
      ],
    },
    {
      type: 'choice',
      key: 'actCalibration',
      short: 'acalib',
      label: 'Calibration',
      help: 'Which values of the calibration images are clipped.',
      default: 'min-max',
      options: [
        { value: 'min-max', label: 'min-max', help: 'None.' },
        { value: 'moving-average', label: 'moving average', help: 'Values beyond the average extremes of batches of 64 images.' },
        { value: 'percentile', label: 'percentile', help: 'The largest magnitudes.' },
        { value: 'mse', label: 'least squared error', help: 'The range with the least error.' },
        {
          value: 'entropy',
          label: 'KL divergence (entropy)',
          help: 'The range that preserves most information, by KL divergence (TensorRT). It clips too much where one pixel value is very frequent.',
        },
      ],
      when: { key: 'actRange', is: ['static'] },
    },
    {
      type: 'number',
      key: 'actPercentile',
      short: 'apct',
      label: 'Percentile',
      help: 'Share of the magnitudes within the range.',
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
      label: 'Zero-point',
      help: 'Which codes the activations get.',
      default: 'data',
      advanced: true,
      options: [
        {
          value: 'data',
          label: 'from the data',
          help: 'Unsigned if no calibration image has a negative value, as after ReLU; otherwise symmetric.',
        },
        { value: 'symmetric', label: 'symmetric', help: 'Equally far on both sides of 0: after ReLU half of the codes are unused.' },
        { value: 'asymmetric', label: 'asymmetric', help: 'From the smallest to the largest value, with a zero-point.' },
      ],
    },
  ],
};

function phrase({ actBits, actRange, actCalibration }: Values): string {
  const clipped =
    actRange === 'static' && actCalibration !== 'min-max'
      ? ` (${actCalibration === 'mse' ? 'least error' : actCalibration === 'entropy' ? 'KL divergence' : String(actCalibration).replace('-', ' ')})`
      : '';
  return `${actBits === 1 ? '1 bit' : `${actBits} bits`}, ${sources[String(actRange)] ?? ''}${clipped}`;
}
