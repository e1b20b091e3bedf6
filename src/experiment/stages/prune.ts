import { pruningCriteria } from '../methods/pruning/registry';
import type { Method, Setting, SettingsOf } from '../settings/setting';
import { inSentence } from '../settings/wording';
import type { Stage } from '../types/experiment';
import type { StageDefinition } from './definition';
import { amountSettings, amountWords } from './prune-amounts';

/** The part of the amount that some layers lose. */
function rate<const Key extends string>(key: Key, short: string, label: string, who: string, why: string) {
  return {
    type: 'number',
    key,
    short,
    label,
    help: `${who} this share of the amount: 50 halves it. ${why}`,
    source: 'Frankle and Carbin 2019, arXiv 1803.03635, figure 2',
    unit: '% of the amount',
    default: 100,
    min: 0,
    max: 100,
    step: 5,
    control: 'field',
    advanced: true,
    when: { key: 'scope', is: ['layer'] },
  } as const;
}

const settings = [
  {
    type: 'method',
    key: 'criterion',
    short: 'by',
    label: 'Criterion',
    help: 'How weights are ranked: those with the lowest scores are removed.',
    default: 'magnitude',
    methods: pruningCriteria,
  },
  ...amountSettings,
  {
    type: 'choice',
    key: 'scope',
    short: 'scope',
    label: 'Ranked',
    help: 'Which weights are compared with each other.',
    default: 'layer',
    options: [
      { value: 'layer', label: 'in each layer', help: 'Every layer loses the same share.' },
      {
        value: 'global',
        label: 'over all layers',
        help: 'The smallest weights of the whole network are removed; some layers lose more than others.',
      },
    ],
  },
  {
    type: 'choice',
    key: 'share',
    short: 'of',
    label: 'Share of',
    help: 'Which weights the amount is a share of. It matters when a network is pruned more than once.',
    default: 'left',
    advanced: true,
    when: { key: 'schedule', is: ['constant'] },
    options: [
      { value: 'left', label: 'the remaining weights', help: '20 % twice leaves 64 % of the weights.' },
      { value: 'all', label: 'all weights', help: 'Weights that were removed earlier count towards the amount.' },
    ],
  },
  rate('outputRate', 'out', 'Output layer', 'The last layer loses', 'It has few weights, and each matters more.'),
  rate('convRate', 'conv', 'Convolutions', 'Convolutions lose', 'They have fewer weights than dense layers and tolerate less pruning.'),
] as const satisfies readonly Setting[];

export type PruneStage = Stage & SettingsOf<typeof settings>;

/** Puts a mask over every array of weights: the weights that it removes are 0 and stay 0. */
export const prune: StageDefinition = {
  kind: 'prune',
  label: 'Prune',
  help: 'Sets the least important weights to 0. They stay 0 in training and quantization. A second prune stage removes more. This alone does not make the file smaller, because zeros take as many bits as other weights: an Encode stage stores only the weights that are kept.',
  settings,
  compresses: true,
  prunes: true,
  sentence(stage) {
    const criterion: Method | undefined = pruningCriteria.find(({ id }) => id === stage.criterion);
    const scope = stage.scope === 'global' ? 'over all layers' : 'per layer';
    const rates = [
      ...(Number(stage.outputRate ?? 100) === 100 ? [] : [`${stage.outputRate} % of this rate in the output layer`]),
      ...(Number(stage.convRate ?? 100) === 100 ? [] : [`${stage.convRate} % of this rate in convolutions`]),
    ];
    return [`prune ${amountWords(stage)}`, inSentence(criterion?.label ?? String(stage.criterion)), scope, ...rates].join(', ');
  },
};
