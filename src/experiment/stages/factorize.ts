import { structures } from '../methods/structures/registry';
import type { Setting, SettingsOf } from '../settings/setting';
import { inSentence } from '../settings/wording';
import type { Stage } from '../types/experiment';
import type { StageDefinition } from './definition';

const settings = [
  {
    type: 'method',
    key: 'structure',
    short: 'into',
    label: 'Structure',
    help: 'What replaces the matrix of a dense layer.',
    default: 'low-rank',
    methods: structures,
  },
  {
    type: 'choice',
    key: 'from',
    short: 'from',
    label: 'Factors from',
    help: 'Where the numbers in the factors come from.',
    default: 'project',
    options: [
      {
        value: 'project',
        label: 'the layer’s weights',
        help: 'Factors chosen so that their product has the smallest squared distance from the matrix.',
      },
      {
        value: 'init',
        label: 'a fresh start',
        help: 'Random numbers: for a network that is trained with this structure from the start.',
      },
    ],
  },
] as const satisfies readonly Setting[];

export type FactorizeStage = Stage & SettingsOf<typeof settings>;

/** Rewrites the network: dense layers become structured ones, whose factors are trained, pruned and quantized like any weights. */
export const factorize: StageDefinition = {
  kind: 'factorize',
  label: 'Factorize',
  help: 'Replaces the matrix of each dense layer with a product of smaller matrices, which is computed and stored instead. Training continues with the factors.',
  settings,
  compresses: true,
  sentence(stage) {
    const structure = structures.find(({ id }) => id === stage.structure);
    const phrase = structure?.phrase?.(stage) ?? inSentence(structure?.label ?? String(stage.structure));
    return `factorize dense layers to ${phrase}${stage.from === 'init' ? ', fresh start' : ''}`;
  },
};
