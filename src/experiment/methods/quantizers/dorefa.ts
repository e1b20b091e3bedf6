import type { Method } from '../../settings/setting';
import { actBitsSetting, actCeilingSetting, actPhrase } from './activation-settings';
import { layerScalePhrase, layerScaleSetting, quantizerRateSetting } from './learned';
import { bitsPhrase, bitsSetting } from './weight-settings';

/** Evenly spaced values of weights bent by tanh, 0 not among them. */
export const dorefa: Method = {
  id: 'dorefa',
  label: 'DoReFa',
  help: 'Applies tanh to the weights, divides by the largest and rounds to 2^b values, none of them 0. One bit is the sign times the mean magnitude. The paper does not quantize the first and the last layer.',
  formula:
    '\\hat w = \\alpha\\left(2\\operatorname{quantize}_b\\!\\left(\\frac{\\tanh w}{2\\max|\\tanh w|} + \\tfrac12\\right) - 1\\right),\\quad \\operatorname{quantize}_b(x) = \\frac{\\operatorname{round}((2^b-1)\\,x)}{2^b-1}',
  source: 'Zhou et al. 2016, arXiv 1606.06160, equations 7 and 9',
  phrase: (values) => `${bitsPhrase(values.bits)}, DoReFa${layerScalePhrase(values)}`,
  settings: [
    bitsSetting({ default: 4, min: 1, max: 8, help: 'Bits for each stored weight: 2^b values, evenly spaced from −α to α.' }),
    layerScaleSetting,
    { ...quantizerRateSetting, when: { key: 'layerScale', is: ['learned'] } },
  ],
};

/** Even steps between 0 and 1. */
export const dorefaActivations: Method = {
  id: 'dorefa',
  label: 'DoReFa',
  help: 'Clips to 0 … 1 and rounds to 2^b values; the gradient passes where nothing is clipped. The paper does not quantize the first layer’s input.',
  formula:
    '\\hat x = \\operatorname{quantize}_b(\\operatorname{clip}(x, 0, 1)),\\quad \\operatorname{quantize}_b(x) = \\frac{\\operatorname{round}((2^b-1)\\,x)}{2^b-1}',
  source: 'Zhou et al. 2016, arXiv 1606.06160, equation 11',
  phrase: (values) => actPhrase(values, 'DoReFa'),
  settings: [actBitsSetting({ default: 4, min: 1 }), actCeilingSetting],
};

/** Gradients of 2^k values with noise. */
export const dorefaGradients: Method = {
  id: 'dorefa',
  label: 'DoReFa',
  help: 'Adds noise of up to half a step to each image’s gradients, then rounds them to 2^b values, from minus to plus the largest: correct on average. None of the values is 0.',
  formula:
    '\\tilde g = 2m\\left(\\operatorname{quantize}_b\\!\\left(\\frac{g}{2m} + \\tfrac12 + \\frac{u}{2^b-1}\\right) - \\tfrac12\\right),\\quad m = \\max|g|,\\quad u \\sim U\\!\\left(-\\tfrac12, \\tfrac12\\right)',
  source: 'Zhou et al. 2016, arXiv 1606.06160, equation 12',
  phrase: ({ gradBits }) => `${bitsPhrase(gradBits)}, DoReFa`,
  settings: [
    {
      type: 'number',
      key: 'gradBits',
      short: 'gbits',
      label: 'Bits',
      help: 'Bits for each gradient. The paper uses 6, with 1-bit weights and 2-bit activations.',
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
