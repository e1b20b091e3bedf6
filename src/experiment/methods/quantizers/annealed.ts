import type { scaleRules } from '../../../numerics/scales/fitted-scale';
import type { ChoiceSetting, Method, NumberSetting } from '../../settings/setting';
import { bitsPhrase, bitsSetting, granularityPhrase, granularitySetting, groupChannelsSetting, groupSizeSetting } from './weight-settings';

/** Settings of the methods that move weights onto a grid without a straight-through gradient. */

const rangeSetting: ChoiceSetting = {
  type: 'choice',
  key: 'range',
  short: 'range',
  label: 'Range',
  help: 'The largest value of the grid. It follows the weights during training; weights beyond it are clipped.',
  default: 'fit',
  advanced: true,
  options: [
    { value: 'fit', label: 'least squares', help: 'The range with the least squared error.' },
    { value: 'max', label: 'largest weight', help: 'Nothing is clipped.' },
  ] satisfies readonly { value: (typeof scaleRules)[number]; label: string; help: string }[],
};

/** Which weights share a scale, and how the scale follows them. */
export const gridSettings = [granularitySetting, groupChannelsSetting, groupSizeSetting, rangeSetting] as const;

export const freezeSetting: NumberSetting = {
  type: 'number',
  key: 'freeze',
  short: 'freeze',
  label: 'Hard from',
  help: 'Share of the training stage after which every weight equals its stored value.',
  default: 0.75,
  min: 0,
  max: 1,
  step: 0.05,
};

/** The mean of a weight and its stored value, the latter with growing weight. */
export const binaryRelax: Method = {
  id: 'binary-relax',
  label: 'BinaryRelax',
  help: 'Training uses a weighted mean of each weight y and its stored value. The stored value counts more and more; the gradient at the mean updates y.',
  formula: 'x = \\frac{\\lambda\\,Q(y) + y}{\\lambda + 1},\\qquad y \\leftarrow y - \\eta\\,\\nabla f(x)',
  source: 'Yin et al. 2018, arXiv 1801.06313',
  phrase: (values) => `${bitsPhrase(values.bits)}, ${granularityPhrase(values)}, BinaryRelax`,
  settings: [
    bitsSetting({ default: 2, min: 1, max: 8, help: 'Bits for each stored weight: 1 bit gives ±α, b bits give 2^b − 1 values.' }),
    {
      type: 'number',
      key: 'relaxFrom',
      short: 'relaxfrom',
      label: 'First λ',
      help: 'How much the stored value counts at the start of a training stage, relative to the weight itself.',
      default: 1,
      min: 0.01,
      max: 10_000,
      step: 0.01,
      scale: 'log',
    },
    {
      type: 'number',
      key: 'relaxTo',
      short: 'relaxto',
      label: 'Last λ',
      help: 'The same when the weights become hard; λ grows exponentially until then.',
      default: 100,
      min: 0.01,
      max: 10_000,
      step: 0.01,
      scale: 'log',
    },
    freezeSetting,
    ...gridSettings,
  ],
};

/** A proximal step towards the stored values after every update. */
export const proxQuant: Method = {
  id: 'prox-quant',
  label: 'ProxQuant',
  help: 'Training uses the weights unchanged. After each update a proximal step moves them towards their stored values, with growing strength, until they equal them.',
  formula:
    'b=1:\\; w \\leftarrow \\operatorname{sign}(w)\\,\\alpha\\left(1 + \\operatorname{sign}(v-1)\\max(|v-1|-\\lambda,0)\\right),\\; v=\\tfrac{|w|}{\\alpha};\\qquad b\\ge 2:\\; w \\leftarrow \\frac{w + \\lambda\\,Q(w)}{1+\\lambda};\\qquad \\lambda = \\eta\\,\\lambda_0\\,\\frac{t}{T}',
  source: 'Bai, Wang and Liberty 2019, arXiv 1810.00861',
  phrase: (values) => `${bitsPhrase(values.bits)}, ${granularityPhrase(values)}, ProxQuant`,
  settings: [
    bitsSetting({ default: 2, min: 1, max: 8, help: 'Bits for each stored weight: 1 bit gives ±α, b bits give 2^b − 1 values.' }),
    {
      type: 'number',
      key: 'proxRate',
      short: 'prox',
      label: 'Strength',
      help: 'Factor λ₀. A proximal step has the strength λ₀ × learning rate × finished share of the stage.',
      default: 3,
      min: 0,
      max: 10_000,
      step: 0.1,
    },
    freezeSetting,
    ...gridSettings,
  ],
};
