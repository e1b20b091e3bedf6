import type { Setting, SettingsOf } from '../settings/setting';
import type { Stage } from '../types/experiment';
import type { StageDefinition } from './definition';

const HAN = 'Han et al. 2016, arXiv 1510.00149, section';

const indexBitsSetting = {
  type: 'number',
  unit: 'bits',
  min: 1,
  max: 16,
  step: 1,
  integer: true,
  control: 'slider',
  source: `${HAN} 2`,
  when: { key: 'support', is: ['relative'] },
} as const;

const settings = [
  {
    type: 'choice',
    key: 'support',
    short: 'as',
    label: 'Pruned weights',
    help: 'How the file says which weights of a pruned layer are kept. Layers that are not pruned are stored dense.',
    default: 'smallest',
    source: `${HAN} 2`,
    options: [
      {
        value: 'smallest',
        label: 'the smallest for each layer',
        help: 'Each layer is written in every way, and the smallest result is used. This takes longer.',
      },
      {
        value: 'dense',
        label: 'dense',
        help: 'All weights are stored, zeros included. Where no code of a layer means 0, its file has a bitmask all the same.',
      },
      { value: 'bitmask', label: 'bitmask', help: 'One bit per weight says whether it is kept. Only kept weights are stored.' },
      {
        value: 'relative',
        label: 'relative index',
        help: 'For each kept weight the distance to the one before it, in a few bits. Where the distance is too large, a filler is inserted.',
      },
      {
        value: 'csr',
        label: 'CSR',
        help: 'Compressed sparse rows: the column of each kept weight, and where each row begins: 2a + n + 1 numbers for a weights in n rows.',
      },
      { value: 'csc', label: 'CSC', help: 'Compressed sparse columns: the row of each kept weight, and where each column begins.' },
    ],
  },
  {
    ...indexBitsSetting,
    key: 'indexBits',
    short: 'idx',
    label: 'Index bits',
    help: 'Bits per distance in dense layers. k bits reach a distance of 2ᵏ; farther weights need fillers.',
    formula: '\\text{gap} \\le 2^k',
    default: 5,
  },
  {
    ...indexBitsSetting,
    key: 'convIndexBits',
    short: 'cidx',
    label: 'Index bits, convolutions',
    help: 'The same in convolutions. The paper’s text says 8 bits here and 5 in dense layers; its table of LeNet-5 uses 5 everywhere.',
    default: 8,
  },
  {
    type: 'choice',
    key: 'coder',
    short: 'code',
    label: 'Codes',
    help: 'How codes, distances and positions become bits.',
    default: 'huffman',
    source: `${HAN} 4; Huffman 1952`,
    when: { key: 'support', is: ['dense', 'bitmask', 'relative', 'csr', 'csc'] },
    options: [
      { value: 'packed', label: 'fixed length', help: 'Every code takes the same number of bits.' },
      {
        value: 'huffman',
        label: 'Huffman',
        help: 'Frequent codes take fewer bits than rare ones. The file then also holds a code table.',
      },
    ],
  },
] as const satisfies readonly Setting[];

export type EncodeStage = Stage & SettingsOf<typeof settings>;

/** Chooses how the file is written. Weights and accuracy stay as they are. */
export const encode: StageDefinition = {
  kind: 'encode',
  label: 'Encode',
  help: 'Chooses how the model file stores the weights: only those that are kept, and frequent codes in fewer bits. The weights do not change, only the size of the file.',
  settings,
  compresses: true,
  stores: true,
  sentence(stage) {
    if (stage.support === 'smallest') return 'store each layer in the smallest of all ways';
    const support = settings[0].options.find(({ value }) => value === stage.support)?.label ?? String(stage.support);
    const bits = stage.support === 'relative' ? ` of ${bitsOf(stage)}` : '';
    return `store pruned weights: ${support}${bits}, ${stage.coder === 'huffman' ? 'Huffman codes' : 'codes of fixed length'}`;
  },
};

function bitsOf({ indexBits, convIndexBits }: Stage): string {
  return indexBits === convIndexBits ? `${indexBits} bits` : `${indexBits} bits (convolutions: ${convIndexBits})`;
}
