import type { ChoiceSetting, NumberSetting, Values } from '../../settings/setting';

/** Settings of the quantizers that learn numbers of their own by gradient. */

export const quantizerRateSetting: NumberSetting = {
  type: 'number',
  key: 'quantizerRate',
  short: 'qrate',
  label: 'Rate of the quantizer',
  help: 'How fast the quantizer’s own numbers learn, times the learning rate. Adam moves each by about that much per step, whatever its gradient.',
  default: 0.1,
  min: 0.0001,
  max: 100,
  step: 0.01,
  scale: 'log',
  control: 'field',
  advanced: true,
};

/** Factor of values between −1 and 1. */
export const layerScaleSetting: ChoiceSetting = {
  type: 'choice',
  key: 'layerScale',
  short: 'alpha',
  label: 'Scale of the layer',
  help: 'The paper’s values lie between −1 and 1: batch norm absorbs any factor. Networks without it need a scale for each layer.',
  default: 'fitted',
  options: [
    { value: 'unit', label: 'one', help: 'As in the paper: values from −1 to 1.' },
    { value: 'fitted', label: 'fitted', help: 'A number α for each layer, fitted to its weights when it is quantized, then fixed.' },
    { value: 'learned', label: 'learned', help: 'The same, and then trained with the weights.' },
  ],
};

/** ", in ±1" where the layer has no scale of its own. */
export function layerScalePhrase({ layerScale }: Values): string {
  return layerScale === 'unit' ? ', in ±1' : '';
}
