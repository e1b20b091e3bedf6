import type { Method } from '../parameter';
import { numberFormatParameters, numberFormatPhrase, roundedFormula, roundingPhrase } from '../quantizers/number-formats';

export const format: Method = {
  id: 'format',
  label: 'Number format',
  help: 'Rounds each activation to a number of a small format; its gradient passes straight through. MX blocks lie along the channels.',
  formula: roundedFormula('\\hat x', 'x'),
  source: 'Micikevicius et al. 2022, arXiv 2209.05433; Gupta et al. 2015, arXiv 1502.02551',
  phrase: (values) => `${numberFormatPhrase(values, 'act')}${roundingPhrase(values, 'act')}`,
  parameters: numberFormatParameters('act', 'e4m3fn'),
};
