import { sharedStartSetting, share as shareMethod } from '../methods/quantizers/share';
import type { Setting } from '../settings/setting';
import type { StageDefinition } from './definition';

const HAN = 'Han et al. 2016, arXiv 1510.00149, section 3';

function bits(key: string, short: string, label: string, where: string, normal: number): Setting {
  return {
    type: 'number',
    key,
    short,
    label,
    help: `Bits for each weight of a ${where} layer: b bits tell 2ᵇ clusters apart.`,
    formula: 'k = 2^b',
    source: HAN,
    unit: 'bits',
    default: normal,
    min: 1,
    max: 8,
    step: 1,
    integer: true,
    control: 'slider',
  };
}

/** Weight sharing in every layer, each with a codebook of its own. Training after it moves the shared values. */
export const share: StageDefinition = {
  kind: 'share',
  label: 'Share',
  help: `${shareMethod.help} Every layer has clusters of its own; pruned weights stay 0 and belong to none.`,
  settings: [
    bits('bits', 'bits', 'Bits, dense layers', 'dense', 5),
    bits('convBits', 'conv', 'Bits, convolutions', 'convolutional', 8),
    sharedStartSetting,
  ],
  compresses: true,
  weightMethod: () => shareMethod.id,
  sentence: ({ bits: dense, convBits }) => `share weights: ${dense} bits${convBits === dense ? '' : ` (convolutions: ${convBits})`}`,
};
