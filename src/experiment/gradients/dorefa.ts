import type { Method } from '../parameter';
import { bitsPhrase } from '../quantizers/common';

/** Gradients of 2^k values with noise. */
export const dorefaGradients: Method = {
  id: 'dorefa',
  label: 'DoReFa',
  help: 'Rounds each image’s gradients to 2^b values between its largest and minus that, after adding noise of half a step: right on average. 0 is not among the values.',
  formula:
    '\\tilde g = 2m\\left(\\operatorname{quantize}_b\\!\\left(\\frac{g}{2m} + \\tfrac12 + \\frac{u}{2^b-1}\\right) - \\tfrac12\\right),\\quad m = \\max|g|,\\quad u \\sim U\\!\\left(-\\tfrac12, \\tfrac12\\right)',
  source: 'Zhou et al. 2016, arXiv 1606.06160, equation 12',
  phrase: ({ gradBits }) => `${bitsPhrase(gradBits)}, DoReFa`,
  parameters: [
    {
      type: 'number',
      key: 'gradBits',
      short: 'gbits',
      label: 'Bits',
      help: 'Bits for each gradient. The paper takes 6 with weights of 1 bit and activations of 2.',
      unit: 'bits',
      default: 6,
      min: 1,
      max: 8,
      step: 1,
      integer: true,
      control: 'slider',
    },
  ],
};
