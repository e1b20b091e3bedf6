import type { Method } from '../parameter';

/** The learning rate stays as it is. */
export const constant: Method = {
  id: 'constant',
  label: 'Constant',
  help: 'The learning rate stays the same for the whole stage.',
  formula: '\\eta_t = \\eta',
  parameters: [],
};
