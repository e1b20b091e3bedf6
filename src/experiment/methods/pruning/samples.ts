import type { NumberSetting } from '../../settings/setting';

/** How many images a criterion looks at. */
export const samples: NumberSetting = {
  type: 'number',
  key: 'samples',
  short: 'samples',
  label: 'Images',
  help: 'Number of training images over which the criterion averages. More images give steadier scores and take longer.',
  unit: 'images',
  default: 512,
  min: 1,
  max: 8192,
  step: 64,
  integer: true,
  scale: 'log',
  control: 'field',
};
