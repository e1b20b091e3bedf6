import { activationQuantizers, gradientQuantizers, quantizers } from '../methods/quantizers/registry';
import type { Method, Setting } from '../settings/setting';
import { inSentence } from '../settings/wording';
import type { Stage } from '../types/experiment';
import type { StageDefinition } from './definition';

const settings: readonly Setting[] = [
  {
    type: 'method',
    key: 'method',
    short: 'by',
    label: 'Weights',
    help: 'How weights are rounded, and which gradient they receive in later training.',
    default: 'ste',
    methods: quantizers,
  },
  {
    type: 'method',
    key: 'activations',
    short: 'act',
    label: 'Activations',
    help: 'How the inputs of every dense and convolutional layer are rounded.',
    default: 'none',
    methods: activationQuantizers,
  },
  {
    type: 'number',
    key: 'samples',
    short: 'samples',
    label: 'Calibration images',
    help: 'The ranges come from the activations of this many training images, the first ones of the set.',
    default: 256,
    min: 1,
    max: 2048,
    step: 1,
    integer: true,
    when: { key: 'activations', is: activationQuantizers.map(({ id }) => id).filter((id) => id !== 'none') },
  },
  {
    type: 'choice',
    key: 'biases',
    short: 'biases',
    label: 'Biases',
    help: 'Biases are few; most schemes keep them in float32 or give them more bits than the weights.',
    default: 'float',
    advanced: true,
    options: [
      { value: 'float', label: 'float32' },
      { value: 'uniform', label: 'uniform', help: 'Symmetric, one scale for each layer’s biases.' },
      {
        value: 'same',
        label: 'same as weights',
        help: 'The method of the weights, with one scale. Biases that are still 0 have no range to fit: they stay 0 with methods that fit the range only once.',
      },
    ],
  },
  {
    type: 'number',
    key: 'biasBits',
    short: 'biasbits',
    label: 'Bits of biases',
    help: 'Bits for each stored bias.',
    unit: 'bits',
    default: 8,
    min: 2,
    max: 16,
    step: 1,
    integer: true,
    advanced: true,
    when: { key: 'biases', is: ['uniform'] },
  },
  {
    type: 'choice',
    key: 'exempt',
    short: 'exempt',
    label: 'Keep in float32',
    help: 'The first layer reads the image and the last layer decides. Many papers leave one or both in float32.',
    default: 'none',
    advanced: true,
    options: [
      { value: 'none', label: 'none' },
      { value: 'first', label: 'first layer' },
      { value: 'last', label: 'last layer' },
      { value: 'both', label: 'first and last' },
      { value: 'dense', label: 'dense layers' },
    ],
  },
  {
    type: 'method',
    key: 'gradients',
    short: 'grad',
    label: 'Gradients',
    help: 'How the gradients that flow back through the layers are rounded.',
    default: 'none',
    methods: gradientQuantizers,
    advanced: true,
  },
  {
    type: 'number',
    key: 'delay',
    short: 'delay',
    label: 'Start after',
    help: 'Training steps with full-precision weights and activations before the quantizer is active. Each later training stage counts from 0 again. Gradients are rounded from the first step.',
    unit: 'steps',
    default: 0,
    min: 0,
    max: 1_000_000,
    step: 100,
    integer: true,
    advanced: true,
    source: 'Jacob et al. 2018, arXiv 1712.05877, section 3.1',
  },
  {
    type: 'flag',
    key: 'fold',
    short: 'fold',
    label: 'Fold batch norm',
    help: 'Merges each batch norm into the layer right before it, as is usual on phones, then quantizes the merged weights. Later training continues without batch norm. Before any training, the merged statistics are only initial values. If batch norm follows the ReLU, as in the thesis CNN, there is nothing to merge.',
    formula:
      "w' = \\frac{\\gamma\\,w}{\\sqrt{\\sigma^2 + \\varepsilon}},\\qquad b' = \\beta + \\frac{\\gamma\\,(b - \\mu)}{\\sqrt{\\sigma^2 + \\varepsilon}}",
    source: 'Jacob et al. 2018, arXiv 1712.05877, section 3.2',
    default: false,
    advanced: true,
  },
];

/** Puts a quantizer over every array of weights, and where asked over biases, activations and gradients. It replaces what an earlier stage put there. */
export const quantize: StageDefinition = {
  kind: 'quantize',
  label: 'Quantize',
  help: 'Stores the weights with a few bits each. After training this is post-training quantization; before training, the network learns with rounded weights (quantization-aware training).',
  settings,
  compresses: true,
  weightMethod: ({ method }) => String(method),
  sentence(stage) {
    const activations = phrase(activationQuantizers, stage.activations, stage);
    const gradients = phrase(gradientQuantizers, stage.gradients, stage);
    return [
      `quantize weights to ${phrase(quantizers, stage.method, stage)}`,
      ...(activations ? [`activations to ${activations}`] : []),
      ...(gradients ? [`gradients to ${gradients}`] : []),
    ].join('; ');
  },
};

function phrase(methods: readonly Method[], id: unknown, stage: Stage): string {
  const method = methods.find((m) => m.id === id);
  return method?.phrase ? method.phrase(stage) : inSentence(method?.label ?? String(id));
}
