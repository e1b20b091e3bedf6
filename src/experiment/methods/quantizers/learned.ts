import type { ChoiceSetting, NumberSetting, Values } from '../../settings/setting';

/** Settings of the quantizers that learn numbers of their own by gradient. */

export const quantizerRateSetting: NumberSetting = {
  type: 'number',
  key: 'quantizerRate',
  short: 'qrate',
  label: 'Rate of the quantizer',
  help: 'How fast its own numbers learn, times the learning rate. Adam moves each by about that much in every step, whatever its gradient.',
  default: 0.1,
  min: 0.0001,
  max: 100,
  step: 0.01,
  scale: 'log',
  control: 'field',
  advanced: true,
};

/** What values between −1 and 1 are multiplied by. */
export const layerScaleSetting: ChoiceSetting = {
  type: 'choice',
  key: 'layerScale',
  short: 'alpha',
  label: 'Scale of the layer',
  help: 'The paper’s values lie between −1 and 1, for networks whose batch norm takes up any factor. Others need each layer’s own size.',
  default: 'fitted',
  options: [
    { value: 'unit', label: 'one', help: 'The paper’s: values from −1 to 1.' },
    { value: 'fitted', label: 'fitted', help: 'A number α for each layer, closest to its weights when it is quantized, then fixed.' },
    { value: 'learned', label: 'learned', help: 'The same, and then trained with the weights.' },
  ],
};

/** ", in ±1" where the layer's own scale is not kept. */
export function layerScalePhrase({ layerScale }: Values): string {
  return layerScale === 'unit' ? ', in ±1' : '';
}
