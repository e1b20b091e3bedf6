import type { Method } from '../../settings/setting';

/** Activations that are not quantized. */
export const floatActivations: Method = {
  id: 'none',
  label: 'Full precision',
  help: 'Activations stay in float32.',
  settings: [],
  phrase: () => '',
};

/** Gradients that are not quantized. */
export const floatGradients: Method = {
  id: 'none',
  label: 'Full precision',
  help: 'Gradients stay in float32.',
  settings: [],
  phrase: () => '',
};
