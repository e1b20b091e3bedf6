import type { ChoiceSetting, NumberSetting, Values } from '../../settings/setting';
import { quantizerRateSetting } from './learned';
import { bitsPhrase } from './weight-settings';

/** Settings that several quantizers of activations have. */

export function actBitsSetting(limits: { readonly default: number; readonly min: number; readonly help?: string }): NumberSetting {
  return {
    type: 'number',
    key: 'actBits',
    short: 'abits',
    label: 'Bits',
    help: 'Bits for each activation: 2^b values from 0 up. Inputs that can be negative, as in the first layer, use both sides of 0 equally.',
    unit: 'bits',
    max: 8,
    step: 1,
    integer: true,
    control: 'slider',
    ...limits,
  };
}

export function actRateSetting(rate: number): NumberSetting {
  const help = 'How fast the quantizer’s own numbers learn, times the learning rate.';
  return { ...quantizerRateSetting, key: 'actRate', short: 'arate', help, default: rate };
}

export const actCeilingSetting: ChoiceSetting = {
  type: 'choice',
  key: 'actCeiling',
  short: 'atop',
  label: 'Largest activation',
  help: 'Where activations are clipped. The paper clips at 1, and the network has to adapt.',
  default: 'one',
  options: [
    { value: 'one', label: 'one', help: 'As in the paper.' },
    { value: 'observed', label: 'the largest seen', help: 'Over the calibration images: suits a network that is already trained.' },
  ],
};

export function actPhrase({ actBits }: Values, name: string): string {
  return `${bitsPhrase(actBits)}, ${name}`;
}
