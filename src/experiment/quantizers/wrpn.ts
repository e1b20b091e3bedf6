import type { Method } from '../parameter';
import { bitsParameter, bitsPhrase } from './common';
import { layerScaleParameter, layerScalePhrase } from './learned';

/** Uniform quantizer in a fixed range. */
export const wrpn: Method = {
  id: 'wrpn',
  label: 'WRPN',
  help: 'Clips to a fixed range and rounds to even steps; weights beyond it get no gradient. The paper makes layers wider in return for fewer bits: choose a wider network.',
  formula: '\\hat w = \\frac{r}{n}\\operatorname{round}\\!\\left(\\tfrac nr \\operatorname{clip}(w, -r, r)\\right),\\qquad n = 2^{b-1}-1',
  source: 'Mishra et al. 2018, arXiv 1709.01134',
  phrase: (values) => `${bitsPhrase(values.bits)}, WRPN${layerScalePhrase(values)}`,
  parameters: [
    bitsParameter({ default: 4, min: 2, max: 8, help: 'Bits for each stored weight: 2^b − 1 values, 0 among them.' }),
    {
      ...layerScaleParameter,
      label: 'Range',
      help: 'The paper’s range is ±1, for weights that fill it. Where all are small, few bits make all of them 0.',
      options: [
        { value: 'unit', label: 'one', help: 'The paper’s: ±1.' },
        {
          value: 'fitted',
          label: 'fitted',
          help: 'Least squared error for normal weights of the layer’s size when it is quantized, then fixed.',
        },
      ],
    },
  ],
};
