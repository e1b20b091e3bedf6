import { data, make, model, prune, quantize, stage, train } from './make-experiment';
import type { Preset } from './preset';

/** Pruning, lottery tickets and low rank. */
export const sparsityPresets: readonly Preset[] = [
  {
    id: 'mnist-prune-90',
    label: 'MNIST, 90 % of the weights pruned',
    help: 'Trained, then the smallest 90 % of the weights of each layer are set to 0 and the others trained for 500 more steps.',
    experiment: make(data('mnist'), model('lenet-300-100'), [train(), prune({ amount: 90 }), train({ steps: 500 })]),
  },
  {
    id: 'mnist-prune-quantize',
    label: 'MNIST, pruned and quantized to 8 bits',
    help: 'Pruned by 90 % and trained further, then every remaining weight is rounded to 8 bits.',
    experiment: make(data('mnist'), model('lenet-300-100'), [train(), prune({ amount: 90 }), train({ steps: 500 }), quantize({ bits: 8 })]),
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
      train({ steps: 1000 }),
      prune({ amount: 20 }),
      stage('rewind', {}),
      train({ steps: 1000 }),
    ]),
  },
  {
    id: 'lottery-lenet',
    label: 'MNIST, lottery tickets in four rounds',
    help: 'LeNet-300-100 as in the paper on lottery tickets, with 12,000 steps for each training instead of 50,000, and larger steps of pruning: 64, 41, 26 and 17 % of the weights remain. Switch stage 5 on for the control with new initial weights.',
    experiment: make(data('mnist'), model('lenet-300-100'), [
      stage('repeat', { rounds: 4, of: 3 }),
      train({ steps: 12_000, lr: 0.0012, batch: 60, best: true }),
      prune({ amount: 36 }),
      stage('rewind', {}),
      { ...stage('rewind', { values: 'redrawn' }), on: false },
      train({ steps: 12_000, lr: 0.0012, batch: 60, best: true }),
    ]),
  },
];
