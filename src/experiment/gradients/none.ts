import type { Method } from '../parameter';

export const none: Method = {
  id: 'none',
  label: 'Full precision',
  help: 'Gradients stay in float32.',
  parameters: [],
  phrase: () => '',
};
