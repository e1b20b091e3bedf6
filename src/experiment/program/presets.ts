import type { Values } from '../settings/setting';
import type { Experiment } from '../types/experiment';
import { deepCompressionPresets } from './deep-compression';
import { data, make, model, quantize, train } from './make-experiment';
import type { Preset } from './preset';
import { sparsityPresets } from './sparsity-presets';

const thesisTraining = { optimizer: 'adam', lr: 1e-4, evaluateEvery: 1000 } as const;
const epochSteps = (images: number, batch: number, epochs: number) => Math.round((images / batch) * epochs);

export const presets: readonly Preset[] = [
  {
    id: 'mnist-float',
    label: 'MNIST in float32',
    help: 'LeNet-300-100 trained for 2,000 steps with Adam and left in float32: the baseline for the others.',
    experiment: make(data('mnist'), model('lenet-300-100'), [train()]),
  },
  {
    id: 'mnist-ptq-4bit',
    label: 'MNIST, rounded to 4 bits after training',
    help: 'Post-training quantization: the trained weights are rounded to 4 bits, and the network is not trained afterwards.',
    experiment: make(data('mnist'), model('lenet-300-100'), [train(), quantize({ bits: 4 })]),
  },
  {
    id: 'mnist-ste-4bit',
    label: 'MNIST, trained with 4 bits',
    help: 'Quantization-aware training from scratch: every step uses weights rounded to 4 bits, and the gradient ignores the rounding (straight-through estimator).',
    experiment: make(data('mnist'), model('lenet-300-100'), [quantize({ bits: 4 }), train()]),
  },
  {
    id: 'mnist-qat-finetune',
    label: 'MNIST, 2 bits, then fine-tuned',
    help: 'Trained in float32, rounded to 2 bits, then trained 500 more steps with the rounding: most of the lost accuracy returns.',
    experiment: make(data('mnist'), model('lenet-300-100'), [train(), quantize({ bits: 2 }), train({ steps: 500 })]),
  },
  {
    id: 'mnist-2bit',
    label: 'MNIST, rounded to 2 bits after training',
    help: 'Every weight becomes −s, 0 or s, without fine-tuning: see how far accuracy falls.',
    experiment: make(data('mnist'), model('lenet-300-100'), [train(), quantize({ bits: 2 })]),
  },
  ...sparsityPresets,
  ...deepCompressionPresets,
  {
    id: 'thesis-mlp-float',
    label: 'Thesis on MNIST, float32',
    help: 'The network and training of the thesis (784-128-10, raw pixels, Adam at 0.0001, batches of 32, 20 epochs), without quantization.',
    experiment: make(data('mnist', { normalize: 'raw' }), model('thesis-mlp'), [
      train({ ...thesisTraining, steps: epochSteps(55_000, 32, 20), batch: 32 }),
    ]),
  },
  {
    id: 'thesis-lambda-mnist',
    label: 'Thesis on MNIST, threshold λ',
    help: 'Weights and biases in nested layers, trained from scratch: one scale per input, λ 1e-10. The thesis reports about 96 % with about 20 different codes.',
    experiment: thesisMnist({ learnedBy: 'threshold', lambda: 1e-10 }),
  },
  {
    id: 'thesis-inverse-mnist',
    label: 'Thesis on MNIST, inverse scale',
    help: 'The penalty γ · mean 1 ÷ s instead of the threshold, at the thesis’s best γ, 1e-9.',
    experiment: thesisMnist({ learnedBy: 'inverse', gamma: 1e-9 }),
  },
  {
    id: 'thesis-bins-mnist',
    label: 'Thesis on MNIST, bin count',
    help: 'The penalty γ · mean max |P| ÷ s instead of the threshold, at the thesis’s best γ, 1e-8.',
    experiment: thesisMnist({ learnedBy: 'bins', gamma: 1e-8 }),
  },
  {
    id: 'thesis-deviation-mnist',
    label: 'Thesis on MNIST, deviation',
    help: 'The penalty γ · mean |P − P ÷ s| instead of the threshold, at the thesis’s best γ, 1e-7.',
    experiment: thesisMnist({ learnedBy: 'deviation', gamma: 1e-7 }),
  },
  {
    id: 'thesis-lambda-cifar',
    label: 'Thesis on CIFAR-10, threshold λ',
    help: 'Nested layers for the six convolutions, one scale per input channel, λ 1e-11; dense layers stay in float32. 100 epochs.',
    experiment: make(data('cifar10', { normalize: 'raw' }), model('thesis-cnn'), [
      quantize({ method: 'thesis', biases: 'same', exempt: 'dense', thesisAxis: 'channel', lambda: 1e-11 }),
      train({ optimizer: 'adam', lr: 1e-4, steps: epochSteps(45_000, 128, 100), batch: 128 }),
    ]),
  },
  {
    id: 'thesis-lambda-cifar-small',
    label: 'Thesis on CIFAR-10, small network',
    help: 'Three convolutions of 16, 32 and 64 filters with nested layers, one scale per input channel, λ 1e-11: 1,500 steps at ten times the rate, for a machine without a GPU.',
    experiment: thesisCifarSmall({ lambda: 1e-11 }),
  },
  {
    id: 'gupta-fl10-rn',
    label: '16-bit training, rounded to nearest',
    help: 'Weights, updates, activations and gradients in fixed point <6, 10>, 10 epochs: most updates are smaller than half a step and are lost.',
    experiment: gupta('nearest-even'),
  },
  {
    id: 'gupta-fl10-sr',
    label: '16-bit training, rounded stochastically',
    help: 'The same fixed point <6, 10>, rounded up or down at random so that the mean is correct: a loss in one step is made up in another.',
    experiment: gupta('stochastic'),
  },
  {
    id: 'binary-connect-mnist-det',
    label: 'BinaryConnect on MNIST, deterministic',
    help: 'Three hidden layers of 256 units with batch norm, squared hinge loss, 10 epochs: every weight is −H or H, in training and in the file.',
    experiment: binaryConnect('deterministic'),
  },
  {
    id: 'binary-connect-mnist-stoch',
    label: 'BinaryConnect on MNIST, stochastic',
    help: 'The same with signs drawn again in every step. As in the paper, the real weights are stored: the drawing only regularizes.',
    experiment: binaryConnect('stochastic'),
  },
  {
    id: 'binary-connect-mnist-none',
    label: 'BinaryConnect on MNIST, float32 baseline',
    help: 'The same network and training without binarization.',
    experiment: binaryConnect('none'),
  },
  {
    id: 'lenet-5-float',
    label: 'LeNet-5 on MNIST, float32',
    help: 'The convolutional LeNet-5 with momentum 0.9, learning rate 0.01 and weight decay 0.0005 as in Caffe’s example, at a constant rate and for 2,000 steps instead of 10,000.',
    experiment: make(data('mnist', { normalize: 'unit' }), model('lenet-5'), [train({ optimizer: 'momentum', weightDecay: 0.0005 })]),
  },
  {
    id: 'cifar-float',
    label: 'CIFAR-10, a small network',
    help: 'Three convolutions of 16, 32 and 64 filters and one dense layer, on colour photographs.',
    experiment: make(data('cifar10'), model('cnn', { channels: [16, 32, 64], dense: [64] }), [train({ lr: 0.001 })]),
  },
  {
    id: 'cifar-conv-2',
    label: 'Conv-2 on CIFAR-10',
    help: 'Conv-2 as in the lottery-ticket paper: Adam at 0.0002, batches of 60.',
    experiment: make(data('cifar10'), model('conv-2'), [train({ steps: 20_000, lr: 0.0002, batch: 60 })]),
  },
  {
    id: 'thesis-cnn-float',
    label: 'Thesis on CIFAR-10, float32',
    help: 'Six convolutions with batch norm and dropout on raw pixels, Adam at 0.0001, batches of 128, 100 epochs.',
    experiment: make(data('cifar10', { normalize: 'raw' }), model('thesis-cnn'), [
      train({ ...thesisTraining, steps: epochSteps(45_000, 128, 100), batch: 128 }),
    ]),
  },
];

/** The thesis's network with nested layers, one scale for each input; biases share one. */
function thesisMnist(values: Values): Experiment {
  return make(data('mnist', { normalize: 'raw' }), model('thesis-mlp'), [
    quantize({ method: 'thesis', biases: 'same', ...values }),
    // 20 epochs of the 55,000 images that are left beside the validation images.
    train({ ...thesisTraining, steps: epochSteps(55_000, 32, 20), batch: 32 }),
  ]);
}

/**
 * The thesis's method on CIFAR-10 at a budget that a processor can pay: scales grow with rate × steps, and 0.001 × 1,500 is of the
 * order of the thesis's 0.0001 × 35,156, so that the same λ and γ give about as many codes.
 */
function thesisCifarSmall(values: Values): Experiment {
  return make(data('cifar10', { normalize: 'raw' }), model('cnn', { channels: [16, 32, 64], dense: [64], batchNorm: true }), [
    quantize({ method: 'thesis', biases: 'same', exempt: 'dense', thesisAxis: 'channel', ...values }),
    train({ optimizer: 'adam', lr: 1e-3, steps: 1500, batch: 32, evaluateEvery: 250 }),
  ]);
}

/**
 * After Gupta et al. 2015 (arXiv 1502.02551, section 4): all in <6, 10>, errors as those of single images. Other fraction bits
 * of the weights are quantize.integerBits and fractionBits with the sum 16.
 */
function gupta(rounding: string): Experiment {
  const format = 'format';
  const fixed = { format: 'fixed', rounding, updates: 'format', biases: 'same' };
  const activations = { activations: format, actFormat: 'fixed', actRounding: rounding };
  const gradients = { gradients: format, gradFormat: 'fixed', gradRounding: rounding, gradScale: 100 };
  return make(data('mnist', { normalize: 'unit' }), model('lenet-300-100'), [
    quantize({ method: format, ...fixed, ...activations, ...gradients }),
    train({ optimizer: 'sgd', lr: 0.1, batch: 100, steps: epochSteps(55_000, 100, 10), evaluateEvery: 550 }),
  ]);
}

/**
 * Courbariaux et al. 2015 (arXiv 1511.00363), section 3.2, with 256 units in place of 2048 and 10 epochs in place of 250. The rate
 * begins ten times higher, so that weights can still cross ±H some hundred times, and ends at the same 0.000003.
 */
function binaryConnect(binarize: 'deterministic' | 'stochastic' | 'none'): Experiment {
  const loss = { loss: 'squared-hinge', schedule: 'exponential', endFactor: 0.0003 };
  return make(data('mnist'), model('mlp', { widths: [256, 256, 256], batchNorm: true }), [
    ...(binarize === 'none' ? [] : [quantize({ method: 'binary-connect', binarize })]),
    train({ steps: epochSteps(55_000, 100, 10), lr: 0.01, batch: 100, evaluateEvery: 1000, ...loss }),
  ]);
}

export function presetById(id: string): Preset | undefined {
  return presets.find((preset) => preset.id === id);
}
