import type { Method } from '../parameter';
import { bitsParameter, bitsPhrase } from './common';
import { layerScaleParameter, layerScalePhrase, quantizerRateParameter } from './learned';

/** Evenly spaced values of weights bent by tanh, 0 not among them. */
export const dorefa: Method = {
  id: 'dorefa',
  label: 'DoReFa',
  help: 'Bends the weights by tanh, divides by the largest and rounds to 2^b values, of which none is 0. One bit is the sign times the mean magnitude. The paper leaves the first and the last layer alone.',
  formula:
    '\\hat w = \\alpha\\left(2\\operatorname{quantize}_b\\!\\left(\\frac{\\tanh w}{2\\max|\\tanh w|} + \\tfrac12\\right) - 1\\right),\\quad \\operatorname{quantize}_b(x) = \\frac{\\operatorname{round}((2^b-1)\\,x)}{2^b-1}',
  source: 'Zhou et al. 2016, arXiv 1606.06160, equations 7 and 9',
  phrase: (values) => `${bitsPhrase(values.bits)}, DoReFa${layerScalePhrase(values)}`,
  parameters: [
    bitsParameter({ default: 4, min: 1, max: 8, help: 'Bits for each stored weight: 2^b values, evenly spaced from −α to α.' }),
    layerScaleParameter,
    { ...quantizerRateParameter, when: { key: 'layerScale', is: ['learned'] } },
  ],
};
