import type { scaleRules } from '../../numerics/fitted-scale';
import type { ChoiceParameter, NumberParameter } from '../parameter';
import { granularityParameter, groupChannelsParameter, groupSizeParameter } from './common';

/** Parameters of the methods that move weights onto a grid without a straight-through gradient. */

const rangeParameter: ChoiceParameter = {
  type: 'choice',
  key: 'range',
  short: 'range',
  label: 'Range',
  help: 'The largest value of the grid. It follows the weights while they train; those beyond it are clipped.',
  default: 'fit',
  advanced: true,
  options: [
    { value: 'fit', label: 'least squares', help: 'The range with the least squared error.' },
    { value: 'max', label: 'largest weight', help: 'Nothing is clipped.' },
  ] satisfies readonly { value: (typeof scaleRules)[number]; label: string; help: string }[],
};

/** Which weights share a scale, and how the scale follows them. */
export const gridParameters = [granularityParameter, groupChannelsParameter, groupSizeParameter, rangeParameter] as const;

export const freezeParameter: NumberParameter = {
  type: 'number',
  key: 'freeze',
  short: 'freeze',
  label: 'Hard from',
  help: 'Share of the training stage after which every weight is exactly at its stored value.',
  default: 0.75,
  min: 0,
  max: 1,
  step: 0.05,
};
