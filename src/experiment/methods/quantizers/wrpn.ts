import type { Method } from '../../settings/setting';
import { actBitsSetting, actCeilingSetting, actPhrase } from './activation-settings';
import { layerScalePhrase, layerScaleSetting } from './learned';
import { bitsPhrase, bitsSetting } from './weight-settings';

/** Uniform quantizer in a fixed range. */
export const wrpn: Method = {
  id: 'wrpn',
  label: 'WRPN',
  help: 'Clips to a fixed range and rounds to equal steps; weights beyond the range get no gradient. The paper makes layers wider to compensate for fewer bits: choose a wider network.',
  formula: '\\hat w = \\frac{r}{n}\\operatorname{round}\\!\\left(\\tfrac nr \\operatorname{clip}(w, -r, r)\\right),\\qquad n = 2^{b-1}-1',
  source: 'Mishra et al. 2018, arXiv 1709.01134',
  phrase: (values) => `${bitsPhrase(values.bits)}, WRPN${layerScalePhrase(values)}`,
  settings: [
    bitsSetting({ default: 4, min: 2, max: 8, help: 'Bits for each stored weight: 2^b − 1 values, 0 among them.' }),
    {
      ...layerScaleSetting,
      label: 'Range',
      help: 'The paper’s range is ±1, for weights that fill it. If all weights are small, few bits make all of them 0.',
      options: [
        { value: 'unit', label: 'one', help: 'As in the paper: ±1.' },
        {
          value: 'fitted',
          label: 'fitted',
          help: 'The range with the least error for normal weights, fitted when the layer is quantized, then fixed.',
        },
      ],
    },
  ],
};

/** Even steps between 0 and 1: as DoReFa's. */
export const wrpnActivations: Method = {
  id: 'wrpn',
  label: 'WRPN',
  help: 'Clips to 0 … 1 and rounds to 2^b values, as DoReFa does; made for layers with more units than usual.',
  formula: '\\hat x = \\frac{1}{2^b-1}\\operatorname{round}\\!\\left((2^b-1)\\operatorname{clip}(x, 0, 1)\\right)',
  source: 'Mishra et al. 2018, arXiv 1709.01134',
  phrase: (values) => actPhrase(values, 'WRPN'),
  settings: [actBitsSetting({ default: 4, min: 2 }), actCeilingSetting],
};
