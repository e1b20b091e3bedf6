import type { Method } from '../parameter';
import { actBitsParameter, actCeilingParameter, actPhrase } from './common';

/** Even steps between 0 and 1. */
export const dorefaActivations: Method = {
  id: 'dorefa',
  label: 'DoReFa',
  help: 'Clips to 0 … 1 and rounds to 2^b values; the gradient passes where nothing was clipped. The paper leaves the first layer’s input alone.',
  formula:
    '\\hat x = \\operatorname{quantize}_b(\\operatorname{clip}(x, 0, 1)),\\quad \\operatorname{quantize}_b(x) = \\frac{\\operatorname{round}((2^b-1)\\,x)}{2^b-1}',
  source: 'Zhou et al. 2016, arXiv 1606.06160, equation 11',
  phrase: (values) => actPhrase(values, 'DoReFa'),
  parameters: [actBitsParameter({ default: 4, min: 1 }), actCeilingParameter],
};
