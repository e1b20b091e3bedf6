import type { LayerSpec } from '../../operators/layers';
import type { Initializer } from '../../operators/operator';
import type { Activation } from '../../operators/plain';
import type { ChoiceSetting, FlagSetting, NumberSetting, Values } from '../../settings/setting';

/** What the two builders share: the activation, batch norm and dropout of every hidden layer. */

export const activationSetting: ChoiceSetting = {
  type: 'choice',
  key: 'activation',
  short: 'fn',
  label: 'Activation',
  help: 'The nonlinearity after every hidden layer. Without it, any stack of layers is still one linear map.',
  default: 'relu',
  options: [
    { value: 'relu', label: 'ReLU', help: 'max(0, x)' },
    { value: 'tanh', label: 'tanh', help: 'Between −1 and 1.' },
    { value: 'sigmoid', label: 'Sigmoid', help: 'Between 0 and 1.' },
  ],
};

export const batchNormSetting: FlagSetting = {
  type: 'flag',
  key: 'batchNorm',
  short: 'bn',
  label: 'Batch norm',
  help: 'Normalizes each hidden layer over the batch, before its activation.',
  source: 'Ioffe and Szegedy 2015',
  default: false,
};

export const dropoutSetting: NumberSetting = {
  type: 'number',
  key: 'dropout',
  short: 'drop',
  label: 'Dropout',
  help: 'Share of units in each hidden dense layer that are switched off at random in every training step.',
  source: 'Srivastava et al. 2014',
  default: 0,
  min: 0,
  max: 0.9,
  step: 0.05,
  control: 'slider',
  advanced: true,
};

/** He et al. 2015 for ReLU, Glorot and Bengio 2010 for the others. */
export function builderInit(values: Values): Initializer {
  return values.activation === 'relu' ? 'heNormal' : 'glorotNormal';
}

/** What follows the linear part of a hidden layer. */
export function hiddenTail(values: Values, number: string): LayerSpec[] {
  const tail: LayerSpec[] = [];
  if (values.batchNorm) tail.push({ type: 'batchNorm', name: `bn-${number}`, momentum: 0.99, epsilon: 0.001 });
  tail.push({ type: 'activation', fn: values.activation as Activation });
  return tail;
}

/** Hidden dense layers `fc1` … and the output layer after them. */
export function denseLayers(widths: readonly number[], classes: number, values: Values): LayerSpec[] {
  const init = builderInit(values);
  const rate = values.dropout as number;
  const layers: LayerSpec[] = [{ type: 'flatten' }];
  widths.forEach((units, i) => {
    layers.push({ type: 'dense', name: `fc${i + 1}`, units, init }, ...hiddenTail(values, `fc${i + 1}`));
    if (rate > 0) layers.push({ type: 'dropout', rate });
  });
  layers.push({ type: 'dense', name: `fc${widths.length + 1}`, units: classes, init: 'glorotNormal' });
  return layers;
}

/** The list with its largest entry halved; null if every entry is 1 or there is none. */
export function halveLargest(list: readonly number[]): readonly number[] | null {
  const largest = Math.max(0, ...list);
  if (largest <= 1) return null;
  const at = list.indexOf(largest);
  return list.map((n, i) => (i === at ? Math.floor(n / 2) : n));
}
