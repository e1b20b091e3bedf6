import type { Method } from '../parameter';

export const none: Method = {
  id: 'none',
  label: 'Full precision',
  help: 'Activations stay in float32.',
  parameters: [],
  phrase: () => '',
};
