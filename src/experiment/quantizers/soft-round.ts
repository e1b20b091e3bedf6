import type { Method } from '../parameter';
import { gridParameters } from './annealed';
import { bitsParameter, bitsPhrase, granularityPhrase } from './common';

/** Rounding by a smooth staircase that gets steeper while the stage trains. */
export const softRound: Method = {
  id: 'soft-round',
  label: 'Soft rounding',
  help: 'Training sees a smooth staircase with a true gradient. It gets steeper from step to step, until it is almost rounding.',
  formula:
    '\\hat w = s\\left(\\lfloor x\\rfloor + \\tfrac12 + \\frac{\\tanh(a\\,r)}{2\\tanh(a/2)}\\right),\\qquad x = \\frac{w}{s},\\quad r = x - \\lfloor x\\rfloor - \\tfrac12',
  source: 'Agustsson and Theis 2020, arXiv 2006.09952',
  phrase: (values) => `${bitsPhrase(values.bits)}, ${granularityPhrase(values)}, soft rounding`,
  parameters: [
    bitsParameter({ default: 4, min: 2, max: 8, help: 'Bits for each stored weight: 2^b − 1 values, 0 among them.' }),
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
      help: 'Sharpness at its end, reached by equal factors. At 16 the staircase is nearly rounding; its gradient then vanishes but near the jumps.',
      default: 16,
      min: 0.1,
      max: 100,
      step: 0.1,
      scale: 'log',
    },
    ...gridParameters,
  ],
};
