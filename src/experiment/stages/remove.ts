import { unitCriteria } from '../methods/pruning/unit-criteria';
import type { Setting, SettingsOf } from '../settings/setting';
import { inSentence } from '../settings/wording';
import type { Stage } from '../types/experiment';
import type { StageDefinition } from './definition';

const ranked = unitCriteria.map(({ id }) => id).filter((id) => id !== 'dead');

const settings = [
  {
    type: 'choice',
    key: 'units',
    short: 'of',
    label: 'Units',
    help: 'What is removed. The units of the output layer always stay: they are the classes.',
    default: 'all',
    options: [
      { value: 'all', label: 'neurons and filters', help: 'Of dense layers and of convolutions.' },
      { value: 'neurons', label: 'neurons', help: 'Only units of dense layers.' },
      { value: 'filters', label: 'filters', help: 'Only filters of convolutions, with their output channels.' },
    ],
  },
  {
    type: 'method',
    key: 'criterion',
    short: 'by',
    label: 'Criterion',
    help: 'How units are ranked: those with the lowest scores are removed.',
    default: 'l1',
    methods: unitCriteria,
  },
  {
    type: 'number',
    key: 'amount',
    short: 'amount',
    label: 'Amount',
    help: 'Share of the units to remove. Every layer keeps at least one.',
    unit: '%',
    default: 50,
    min: 0,
    max: 99,
    step: 1,
    control: 'slider',
    when: { key: 'criterion', is: ranked },
  },
  {
    type: 'choice',
    key: 'scope',
    short: 'scope',
    label: 'Ranked',
    help: 'Which units are compared with each other.',
    default: 'layer',
    when: { key: 'criterion', is: ranked },
    options: [
      { value: 'layer', label: 'in each layer', help: 'Every layer loses the same share.' },
      {
        value: 'global',
        label: 'over all layers',
        help: 'Some layers lose more than others. Norms, distances and Taylor scores are first divided by the L2 norm of the scores of their layer (Molchanov et al. 2017).',
      },
    ],
  },
] as const satisfies readonly Setting[];

export type RemoveStage = Stage & SettingsOf<typeof settings>;

/** Rewrites the network: its layers get fewer units, so that their tensors and those of the layers after them become smaller. */
export const remove: StageDefinition = {
  kind: 'remove',
  label: 'Remove units',
  help: 'Structured pruning: removes whole neurons and filters, with the inputs of the next layer that they feed. The tensors become smaller, so the network needs fewer operations and the file less space. A removed unit is treated as if its weights were 0; what is left of its output, a constant, is added to the biases of the next layer.',
  settings,
  compresses: true,
  narrows: true,
  sentence(stage) {
    const units = settings[0].options.find(({ value }) => value === stage.units)?.label ?? 'units';
    if (stage.criterion === 'dead') return `remove dead ${units}`;
    const criterion = unitCriteria.find(({ id }) => id === stage.criterion);
    const scope = stage.scope === 'global' ? 'over all layers' : 'per layer';
    const amount = Number(Number(stage.amount).toPrecision(6));
    return `remove ${amount} % of the ${units}, ${inSentence(criterion?.label ?? String(stage.criterion))}, ${scope}`;
  },
};
