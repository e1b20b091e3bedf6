import type { Method } from '../../settings/setting';
import { gridSettings } from './annealed';
import { bitsPhrase, bitsSetting, granularityPhrase } from './weight-settings';

/** Rounding by a smooth staircase that gets steeper while the stage trains. */
export const softRound: Method = {
  id: 'soft-round',
  label: 'Soft rounding',
  help: 'Training uses a smooth staircase, which has a true gradient. It gets steeper from step to step until it is almost rounding.',
  formula:
    '\\hat w = s\\left(\\lfloor x\\rfloor + \\tfrac12 + \\frac{\\tanh(a\\,r)}{2\\tanh(a/2)}\\right),\\qquad x = \\frac{w}{s},\\quad r = x - \\lfloor x\\rfloor - \\tfrac12',
  source: 'Agustsson and Theis 2020, arXiv 2006.09952',
  phrase: (values) => `${bitsPhrase(values.bits)}, ${granularityPhrase(values)}, soft rounding`,
  settings: [
    bitsSetting({ default: 4, min: 2, max: 8, help: 'Bits for each stored weight: 2^b − 1 values, 0 among them.' }),
    {
      type: 'number',
      key: 'softFrom',
      short: 'softfrom',
      label: 'First sharpness',
      help: 'Sharpness a of the staircase at the start of a training stage; below 1 it is nearly a straight line.',
      default: 1,
      min: 0.1,
      max: 100,
      step: 0.1,
      scale: 'log',
    },
    {
      type: 'number',
      key: 'softTo',
      short: 'softto',
      label: 'Last sharpness',
      help: 'Sharpness at its end; it grows exponentially. At 16 the staircase is nearly rounding: its gradient vanishes except near the jumps.',
      default: 16,
      min: 0.1,
      max: 100,
      step: 0.1,
      scale: 'log',
    },
    ...gridSettings,
  ],
};

/** Noise as large as rounding errors while training, on all weights or on some. */
export const noise: Method = {
  id: 'noise',
  label: 'Noise',
  help: 'Training adds noise as large as the rounding errors: the network learns weights that are robust to them. Measured and stored weights are rounded.',
  formula: '\\hat w = w + s\\,u,\\qquad u \\sim U\\!\\left(-\\tfrac12, \\tfrac12\\right)\\ \\text{with probability } p,\\ \\text{else } 0',
  source: 'Baskin et al. 2018, arXiv 1804.10969; Fan et al. 2020 (Quant-Noise), arXiv 2004.07320',
  phrase: (values) =>
    `${bitsPhrase(values.bits)}, ${granularityPhrase(values)}, ${values.noiseKind === 'rounding' ? 'Quant-Noise' : 'additive noise'}`,
  settings: [
    bitsSetting({ default: 4, min: 2, max: 8, help: 'Bits for each stored weight: 2^b − 1 values, 0 among them.' }),
    {
      type: 'number',
      key: 'noiseShare',
      short: 'noiseshare',
      label: 'Share of weights',
      help: 'Probability that a weight gets noise, drawn again in each step. At 1 all weights get noise.',
      default: 1,
      min: 0.01,
      max: 1,
      step: 0.01,
    },
    {
      type: 'choice',
      key: 'noiseKind',
      short: 'noise',
      label: 'Noise',
      help: 'The noise that the chosen weights get.',
      default: 'uniform',
      options: [
        { value: 'uniform', label: 'uniform', help: 'An error drawn between −s/2 and s/2, with the true gradient.' },
        {
          value: 'rounding',
          label: 'rounding',
          help: 'Their own rounding error, as in Quant-Noise; for these weights the gradient passes straight through.',
        },
      ],
    },
    ...gridSettings,
  ],
};
