import { activationSetting, batchNormSetting, denseLayers, dropoutSetting, halveLargest } from './builder-settings';
import { BUILDER_WEIGHTS, type ModelDefinition } from './definition';

/** Dense layers of any widths. */
export const mlp: ModelDefinition = {
  id: 'mlp',
  label: 'Custom MLP',
  help: 'Dense layers with widths that you choose: up to 6 hidden layers and 5,000,000 weights. Without a hidden layer it is softmax regression.',
  settings: [
    {
      type: 'list',
      key: 'widths',
      short: 'widths',
      label: 'Hidden widths',
      help: 'Units in each hidden layer, first to last.',
      default: [128],
      min: 1,
      max: 4096,
      minLength: 0,
      maxLength: 6,
    },
    activationSetting,
    batchNormSetting,
    dropoutSetting,
  ],
  maxWeights: BUILDER_WEIGHTS,
  build: (values, _input, classes) => denseLayers(values.widths as readonly number[], classes, values),
  smaller(values) {
    const widths = halveLargest(values.widths as readonly number[]);
    return widths && { ...values, widths };
  },
};
