import { applySetting } from '../program/apply-setting';
import { data, make, model, prune, quantize, stage, train } from '../program/make-experiment';
import { presetById } from '../program/presets';
import type { Experiment } from '../types/experiment';
import { parseAxis } from './axis';
import type { Sweep } from './sweep';

/** Ready-made sweeps, opened by id from the page or the command line. */
export interface SweepPreset {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly sweep: Sweep;
}

export const sweepPresets: readonly SweepPreset[] = [
  preset(
    'pareto-bits-mnist',
    'MNIST: accuracy vs. bits per weight',
    'LeNet-300-100 with 2 to 8 bits: rounded after training, or trained 500 more steps with straight-through gradients or a learned step; and float32 with the same 500 steps, to compare with. Three seeds.',
    base('mnist-qat-finetune'),
    ['quantize.bits:2..8', '2.on+3.on+quantize.method:yes+no+ste,yes+yes+ste,yes+yes+lsq,no+yes+ste', 'seed:1,2,3'],
  ),
  preset(
    'granularity-mnist',
    'MNIST: how many weights share a scale',
    'LeNet-300-100 rounded after training, with one scale for each layer, group of channels, channel or block. More scales cost more bits. Three seeds.',
    base('mnist-ptq-4bit'),
    ['quantize.bits:2..8', 'quantize.granularity:tensor,group,channel,block', 'seed:1,2,3'],
  ),
  preset(
    'lottery-lenet',
    'MNIST: lottery tickets and their controls',
    'LeNet-300-100 in four rounds of train, prune, rewind. At the last level also with new initial weights, with masks shuffled in each layer, and with masks that are random over all layers. Three seeds.',
    base('lottery-lenet'),
    ['seed:42,1,2', '5.on+5.values+5.masks:no+redrawn+keep,yes+redrawn+keep,yes+earlier+shuffled,yes+earlier+random'],
  ),
  preset(
    'pruning-criteria',
    'MNIST: which weights to prune',
    'LeNet-300-100, 500 steps, then 80 to 98 % of the weights pruned in each layer by magnitude, at random, by OBD, OBS, Taylor or SNIP (whose scores are those of the initial weights), and by magnitude after training with an L1 penalty; then 300 more steps. Three seeds.',
    make(data('mnist'), model('lenet-300-100'), [train({ steps: 500 }), prune({ amount: 90 }), train({ steps: 300 })]),
    ['1.l1+prune.criterion:0+magnitude,0+random,0+obd,0+obs,0+taylor,0+snip,3e-5+magnitude', 'prune.amount:80,90,95,98', 'seed:42,1,2'],
  ),
  preset(
    'prune-quantize-svd',
    'MNIST: prune, quantize, both, or low rank',
    'LeNet-300-100, accuracy against how many times smaller the file is: pruned only, quantized only, both, and low rank (the SVD). Each is trained 300 more steps, and each layer is stored in the smallest of all ways. Three seeds. After figure 6 of Deep Compression (Han et al. 2016).',
    make(data('mnist'), model('lenet-300-100'), [
      train({ steps: 500 }),
      prune({ amount: 90 }),
      stage('factorize', { rank: 16 }),
      quantize({ method: 'lsq', bits: 4 }),
      train({ steps: 300 }),
      stage('encode', {}),
    ]),
    [
      'seed:42,1,2',
      '2.on+4.on+3.on:yes+no+no,no+yes+no,yes+yes+no,no+no+yes',
      'prune.amount+quantize.bits+factorize.rank:80+8+64,90+6+32,95+4+16,98+3+8,99+2+4',
    ],
  ),
  preset(
    'sr-vs-rn',
    'Stochastic rounding against rounding to nearest',
    'Training in 16-bit fixed point after Gupta et al. 2015: weights with 8, 10 and 14 fractional bits, both roundings, two seeds.',
    base('gupta-fl10-rn'),
    [
      'quantize.integerBits+quantize.fractionBits:8+8,6+10,2+14',
      'quantize.rounding+quantize.actRounding+quantize.gradRounding:nearest-even+nearest-even+nearest-even,stochastic+stochastic+stochastic',
      'seed:1,2',
    ],
  ),
  preset(
    'thesis-pareto-lambda',
    'The thesis: threshold λ',
    'Nested layers on MNIST with λ from 0 to 1e-8 and one scale per input, output or tensor. 34,375 steps per run: it takes a while.',
    base('thesis-lambda-mnist'),
    ['quantize.lambda:0,1e-11..1e-8*10', 'quantize.thesisAxis:row,column,scalar'],
  ),
  preset(
    'thesis-pareto-lr',
    'The thesis: learning rate',
    'Nested layers on MNIST with learning rates from 0.00001 to 0.001: scales grow with the rate, too. 34,375 steps per run.',
    base('thesis-lambda-mnist'),
    ['train.lr:1e-5,3e-5,1e-4,3e-4,1e-3'],
  ),
  preset(
    'thesis-pareto-penalty',
    'The thesis: penalties',
    'The three penalties that replace the threshold, with γ from 1e-12 to 1e-7. 34,375 steps per run.',
    base('thesis-inverse-mnist'),
    ['quantize.learnedBy:inverse,bins,deviation', 'quantize.gamma:1e-12..1e-7*10'],
  ),
  preset(
    'thesis-pareto-lambda-cifar',
    'The thesis on CIFAR-10: threshold λ',
    'A small network with nested layers and λ from 0 to 1e-8, 1,500 steps at ten times the rate: the thesis plot without a GPU.',
    base('thesis-lambda-cifar-small'),
    ['quantize.lambda:0,1e-11..1e-8*10'],
  ),
  preset(
    'thesis-pareto-lr-cifar',
    'The thesis on CIFAR-10: learning rate',
    'The same small network with learning rates around 0.001 and λ 1e-11.',
    base('thesis-lambda-cifar-small'),
    ['train.lr:3e-4,1e-3,3e-3'],
  ),
  preset(
    'thesis-pareto-penalty-cifar',
    'The thesis on CIFAR-10: penalties',
    'The same small network with the three penalties instead of the threshold, with γ from 1e-11 to 1e-9, around the thesis’s best. Adam remembers the first gradients, γ ÷ s², for 1,000 of the 1,500 steps: γ hardly acts.',
    base('thesis-lambda-cifar-small'),
    ['quantize.learnedBy:inverse,bins,deviation', 'quantize.gamma:1e-11..1e-9*10'],
  ),
  preset(
    'thesis-pareto-penalty-cifar-scale',
    'The thesis on CIFAR-10: penalties from a larger first scale',
    'The same from a first scale of 0.005 in place of 0.000012, at which γ acts from the first step on. 500 steps per run.',
    base('thesis-lambda-cifar-small', 'quantize.learnedBy=inverse', 'quantize.firstScale=0.005', 'train.steps=500'),
    ['quantize.learnedBy:inverse,bins,deviation', 'quantize.gamma:1e-11..1e-9*10'],
  ),
];

export function sweepPresetById(id: string): SweepPreset | undefined {
  return sweepPresets.find((one) => one.id === id);
}

function preset(id: string, label: string, help: string, experiment: Experiment, axes: readonly string[]): SweepPreset {
  return { id, label, help, sweep: { name: label, experiment, axes: axes.map(parseAxis) } };
}

/** @param changes as `--set` takes them */
function base(id: string, ...changes: readonly string[]): Experiment {
  const found = presetById(id);
  if (!found) throw new RangeError(`There is no preset called "${id}".`);
  return changes.reduce(applySetting, found.experiment);
}
