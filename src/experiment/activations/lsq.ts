import type { Method } from '../parameter';
import { actBitsParameter, actPhrase, actRateParameter } from './common';

/** One learned step for each layer's input. */
export const lsqActivations: Method = {
  id: 'lsq',
  label: 'Learned step (LSQ)',
  help: 'One step for each layer’s input, trained with the weights. It starts from the mean magnitude over the calibration images.',
  formula:
    '\\hat x = s\\operatorname{round}(\\operatorname{clip}(\\tfrac xs, 0, 2^b-1)),\\qquad s_0 = \\frac{2\\operatorname{mean}|x|}{\\sqrt{2^b-1}}',
  source: 'Esser et al. 2020, arXiv 1902.08153',
  phrase: (values) => actPhrase(values, 'LSQ'),
  parameters: [actBitsParameter({ default: 4, min: 2 }), actRateParameter(1)],
};
