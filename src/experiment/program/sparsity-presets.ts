import type { Values } from '../settings/setting';
import type { DataBlock, Experiment, ModelBlock } from '../types/experiment';
import { data, make, model, prune, quantize, stage, train } from './make-experiment';
import type { Preset } from './preset';

/** Pruning, lottery tickets and low rank. */
export const sparsityPresets: readonly Preset[] = [
  {
    id: 'mnist-prune-90',
    label: 'MNIST, 90 % of the weights pruned',
    help: 'Trained for 300 steps, then the smallest 90 % of the weights of each layer are set to 0: the accuracy falls. The remaining weights train for 200 more steps, and it recovers.',
    experiment: make(data('mnist'), model('lenet-300-100'), [train({ steps: 300 }), prune({ amount: 90 }), train({ steps: 200 })]),
  },
  {
    id: 'mnist-prune-quantize',
    label: 'MNIST, pruned and quantized to 8 bits',
    help: 'Pruned by 90 % and trained further, then every remaining weight is rounded to 8 bits.',
    experiment: make(data('mnist'), model('lenet-300-100'), [train(), prune({ amount: 90 }), train({ steps: 500 }), quantize({ bits: 8 })]),
  },
  {
    id: 'mnist-remove-units',
    label: 'MNIST, 70 % of the neurons removed',
    help: 'Trained, then the 70 % of the neurons of each hidden layer whose weights have the smallest L1 norm are removed and the smaller network is trained for 500 more steps. It needs fewer operations, and its file is smaller.',
    experiment: make(data('mnist'), model('lenet-300-100'), [
      train(),
      stage('remove', { units: 'neurons', amount: 70 }),
      train({ steps: 500 }),
    ]),
  },
  {
    id: 'mnist-remove-filters',
    label: 'MNIST, half of the filters removed',
    help: 'LeNet-5 is trained, then half of the filters of each convolution are removed, those with the smallest L1 norm, together with their output channels. Then it is trained for 300 more steps.',
    experiment: make(data('mnist'), model('lenet-5'), [
      train({ steps: 1000 }),
      stage('remove', { units: 'filters', amount: 50 }),
      train({ steps: 300 }),
    ]),
  },
  {
    id: 'mnist-low-rank',
    label: 'MNIST, low rank',
    help: 'Trained, then the matrix of each dense layer becomes a product of two thin matrices of rank 16, which train for 500 more steps.',
    experiment: make(data('mnist'), model('lenet-300-100'), [train(), stage('factorize', { rank: 16 }), train({ steps: 500 })]),
  },
  {
    id: 'mnist-ticket',
    label: 'MNIST, a lottery ticket',
    help: 'Repeats five times: train, prune 20 % of the remaining weights, reset the others to their initial values. Then trains the sparse network.',
    experiment: make(data('mnist'), model('lenet-300-100'), [
      stage('repeat', { rounds: 5, of: 3 }),
      train({ steps: 1000, best: true }),
      prune({ amount: 20 }),
      stage('rewind', {}),
      train({ steps: 1000, best: true }),
    ]),
  },
  {
    id: 'lottery-lenet',
    label: 'MNIST, lottery tickets in four rounds',
    help: 'LeNet-300-100 as in the paper on lottery tickets, but with 12,000 steps for each training instead of 50,000, and 36 % pruned in each round instead of 20 %: 64, 41, 26 and 17 % of the weights remain. Switch stage 5 on for the control with new initial weights.',
    experiment: tickets(data('mnist'), model('lenet-300-100'), 4, { steps: 12_000, lr: 0.0012, batch: 60 }, { amount: 36 }),
  },
  {
    id: 'lottery-lenet-exact',
    label: 'MNIST, lottery tickets as in the paper',
    help: 'LeNet-300-100 in 11 rounds of 50,000 steps, each of which prunes 20 % of the weights and 10 % of those of the output layer: 8.7 % remain. This takes hours on a CPU.',
    experiment: tickets(data('mnist'), model('lenet-300-100'), 11, { steps: 50_000, lr: 0.0012, batch: 60 }, { amount: 20 }),
  },
  {
    id: 'lottery-conv2',
    label: 'CIFAR-10, lottery tickets in four rounds',
    help: 'Conv-2 as in the paper on lottery tickets, but with 3,000 steps for each training instead of 20,000, and with larger steps of pruning. Convolutions and the output layer lose half of the share that the other layers lose.',
    experiment: tickets(
      data('cifar10'),
      model('conv-2'),
      4,
      { steps: 3000, lr: 0.0002, batch: 60, evaluateEvery: 200 },
      { amount: 36, convRate: 50 },
    ),
  },
  {
    id: 'lottery-conv2-exact',
    label: 'CIFAR-10, lottery tickets as in the paper',
    help: 'Conv-2 in 11 rounds of 20,000 steps, each of which prunes 20 % of the weights, and 10 % of those of convolutions and of the output layer.',
    experiment: tickets(data('cifar10'), model('conv-2'), 11, { steps: 20_000, lr: 0.0002, batch: 60 }, { amount: 20, convRate: 50 }),
  },
];

/** Rounds of train, prune, rewind, then the last ticket; the control with new initial weights is a stage that is off. */
function tickets(images: DataBlock, network: ModelBlock, rounds: number, training: Values, pruning: Values): Experiment {
  return make(images, network, [
    stage('repeat', { rounds, of: 3 }),
    train({ ...training, best: true }),
    prune({ outputRate: 50, ...pruning }),
    stage('rewind', {}),
    { ...stage('rewind', { values: 'redrawn' }), on: false },
    train({ ...training, best: true }),
  ]);
}
