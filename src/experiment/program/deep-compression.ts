import type { Experiment, Stage } from '../types/experiment';
import { data, make, model, prune, stage, train } from './make-experiment';
import type { Preset } from './preset';

/** Train, prune and retrain, share, train the shared values, encode (Han, Mao and Dally 2016, arXiv 1510.00149). */
export const deepCompressionPresets: readonly Preset[] = [
  {
    id: 'deep-compression-lenet300',
    label: 'Deep Compression, LeNet-300-100',
    help: 'The whole pipeline on MNIST: train, prune to 7 % in two steps, put the weights of each layer into 32 clusters, train the shared values, store distances and codes in Huffman code. The paper reaches 40×.',
    experiment: lenet300(),
  },
  {
    id: 'deep-compression-lenet5',
    label: 'Deep Compression, LeNet-5',
    help: 'The same on the convolutional LeNet-5: 32 clusters in dense layers, 256 in convolutions. The paper reaches 39×. Minutes on a CPU.',
    experiment: lenet5(),
  },
];

function lenet300(): Experiment {
  const stages: readonly Stage[] = [
    train({ steps: 5000, schedule: 'cosine' }),
    prune({ amount: 80 }),
    train({ steps: 1500, lr: 0.0006, weightDecay: 0.0001 }),
    prune({ amount: 93, share: 'all', outputRate: 80 }),
    train({ steps: 9000, schedule: 'cosine', weightDecay: 0.0001 }),
    stage('share', { bits: 5 }),
    train({ steps: 600, lr: 0.00005, schedule: 'cosine' }),
    stage('encode', { support: 'relative', indexBits: 5 }),
  ];
  return make(data('mnist'), model('lenet-300-100'), stages);
}

function lenet5(): Experiment {
  const often = { evaluateEvery: 500 };
  const stages: readonly Stage[] = [
    train({ steps: 2000, lr: 0.001, schedule: 'cosine', ...often }),
    prune({ amount: 85, scope: 'global' }),
    train({ steps: 700, lr: 0.0005, ...often }),
    prune({ amount: 93, share: 'all', scope: 'global' }),
    train({ steps: 1300, lr: 0.0007, schedule: 'cosine', ...often }),
    stage('share', { bits: 5, convBits: 8 }),
    train({ steps: 200, lr: 0.0001, evaluateEvery: 0 }),
    stage('encode', { support: 'relative', indexBits: 5, convIndexBits: 5 }),
  ];
  return make(data('mnist'), model('lenet-5'), stages);
}
