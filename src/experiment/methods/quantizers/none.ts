import type { Method } from '../../settings/setting';

/** Activations that are not quantized. */
export const floatActivations: Method = {
  id: 'none',
  label: 'None (float32)',
  help: 'Activations stay in float32.',
  settings: [],
  phrase: () => '',
};

/** Gradients that are not quantized. */
export const floatGradients: Method = {
  id: 'none',
  label: 'None (float32)',
  help: 'Gradients stay in float32.',
  settings: [],
  phrase: () => '',
};
