import { quantizers } from '../quantizers/registry';
import { inSentence } from '../wording';
import type { StageDefinition } from './definition';

/** Puts a quantizer over every kernel; biases and batch norm stay in full precision. */
export const quantize: StageDefinition = {
  kind: 'quantize',
  label: 'Quantize',
  help: 'Stores the weights with a few bits each. After training this is post-training quantization; before training, the network learns with rounded weights (quantization-aware training).',
  parameters: [
    {
      type: 'method',
      key: 'method',
      short: 'by',
      label: 'Method',
      help: 'How weights are rounded, and what gradient they get when training follows.',
      default: 'ste',
      methods: quantizers,
    },
  ],
  sentence(stage) {
    const label = quantizers.find((method) => method.id === stage.method)?.label ?? String(stage.method);
    return `quantize weights to ${stage.bits} bits, per tensor, ${inSentence(label)}`;
  },
};
