import type { Method } from '../parameter';

/** One bit an activation and a scale for each image. */
export const sign: Method = {
  id: 'sign',
  label: 'Sign (XNOR-Net)',
  help: 'The sign of each input times the mean magnitude of its image, where the paper has one for each place of the filter. What is not above 0 counts as negative, so that silent ReLU units differ from active ones. The gradient passes where |x| ≤ 1.',
  formula:
    '\\hat x = \\beta\\operatorname{sign}(x),\\quad \\beta = \\operatorname{mean}|x|,\\qquad \\frac{\\partial L}{\\partial x} := \\beta\\,\\frac{\\partial L}{\\partial \\hat x}\\,[|x|\\le 1]',
  source: 'Rastegari et al. 2016, arXiv 1603.05279, section 3.2',
  phrase: () => '1 bit, sign',
  parameters: [],
};
