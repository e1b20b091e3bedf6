import type { Method } from '../../settings/setting';
import { actBitsSetting, actPhrase, actRateSetting } from './activation-settings';

/** A learned clipping level for each layer's input. */
export const pact: Method = {
  id: 'pact',
  label: 'Learned clipping (PACT)',
  help: 'Activations are clipped at α and rounded. α is trained: clipped activations pull it up, an L2 penalty pulls it down. The paper does not quantize the first and the last layer.',
  formula:
    'y = \\operatorname{clip}(x, 0, \\alpha),\\quad \\hat x = \\frac{\\alpha}{2^b-1}\\operatorname{round}\\!\\left(y\\,\\frac{2^b-1}{\\alpha}\\right),\\qquad \\frac{\\partial \\hat x}{\\partial \\alpha} := [x \\ge \\alpha]',
  source: 'Choi et al. 2018, arXiv 1805.06085, equations 1 to 3',
  phrase: (values) => actPhrase(values, 'PACT'),
  settings: [
    actBitsSetting({ default: 4, min: 2 }),
    {
      type: 'number',
      key: 'actClip',
      short: 'aclip',
      label: 'First α',
      help: 'The clipping level at the start. 0 uses the largest activation of the calibration images.',
      default: 10,
      min: 0,
      max: 1000,
      step: 0.5,
    },
    {
      type: 'number',
      key: 'actDecay',
      short: 'adecay',
      label: 'L2 penalty of α',
      help: 'Multiplies α² in the loss, for each layer.',
      formula: '\\lambda\\,\\alpha^2',
      default: 0.0002,
      min: 0,
      max: 1,
      step: 0.0001,
      control: 'field',
    },
    actRateSetting(10),
  ],
};
