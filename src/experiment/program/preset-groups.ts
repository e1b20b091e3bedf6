import type { Preset } from './preset';
import { presetById } from './presets';

/** Presets that belong together, in the order of the menu. */
export interface PresetGroup {
  readonly name: string;
  /** What they have in common, where the name does not say it. */
  readonly note?: string;
  /** Where that can be read. */
  readonly url?: string;
  readonly presets: readonly Preset[];
}

export const presetGroups: readonly PresetGroup[] = [
  group('Start here', ['mnist-ptq-4bit', 'mnist-2bit', 'mnist-qat-finetune']),
  group('Train with few bits', [
    'mnist-ste-4bit',
    'binary-connect-mnist-det',
    'binary-connect-mnist-stoch',
    'gupta-fl10-sr',
    'gupta-fl10-rn',
  ]),
  group('Prune and factorize', [
    'mnist-prune-90',
    'mnist-prune-quantize',
    'mnist-remove-units',
    'mnist-remove-filters',
    'mnist-low-rank',
    'mnist-ticket',
    'lottery-lenet',
    'lottery-lenet-exact',
  ]),
  group('Deep Compression', ['deep-compression-lenet300', 'deep-compression-lenet5']),
  group('In float32, to compare with', ['mnist-float', 'lenet-5-float', 'cifar-float', 'binary-connect-mnist-none']),
  {
    ...group('The thesis', [
      ...['thesis-lambda-mnist', 'thesis-inverse-mnist', 'thesis-bins-mnist', 'thesis-deviation-mnist', 'thesis-lambda-cifar-small'],
      'thesis-mlp-float',
    ]),
    note: 'Anuun Chinbat, Learned Quantization Schemes for Data-centric ML Pipelines, bachelor thesis, TU Berlin 2025: scales that are trained with the weights.',
    url: 'https://github.com/anuunchin/learned-quantization',
  },
  group('Needs a GPU', ['cifar-conv-2', 'lottery-conv2', 'lottery-conv2-exact', 'thesis-lambda-cifar', 'thesis-cnn-float']),
];

function group(name: string, ids: readonly string[]): PresetGroup {
  return { name, presets: ids.map((id) => presetById(id)).filter((preset) => preset !== undefined) };
}
