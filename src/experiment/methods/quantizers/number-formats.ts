import { type BlockFormat, type BlockFormatId, blockFormats } from '../../../numerics/formats/block-formats';
import { elementFacts } from '../../../numerics/formats/element-facts';
import type { FormatId } from '../../../numerics/formats/number-format';
import { formats } from '../../../numerics/formats/number-format';
import type { NumberTarget } from '../../../numerics/quantizers/number-target';
import type { ChoiceSetting, NumberSetting, Setting, Values } from '../../settings/setting';
import { roundingSetting } from './weight-settings';

/** Number formats as settings, for weights, activations and gradients. Pure. */

const floats: readonly FormatId[] = ['fp16', 'bf16', 'e4m3fn', 'e4m3', 'e5m2', 'e2m3', 'e3m2', 'e2m1'];

const FIXED = 'fixed';

/** Prefixes of the keys of weights, activations and gradients, and of their short keys. */
const prefixes = { '': '', act: 'a', grad: 'g' } as const;
type Prefix = keyof typeof prefixes;

function key(prefix: Prefix, name: string): string {
  return prefix === '' ? name : `${prefix}${name[0]?.toUpperCase()}${name.slice(1)}`;
}

/** How a number x is rounded to a format, as a formula. @param result symbol of the rounded number */
export function roundedFormula(result: string, x: string): string {
  const rounded = `${result} = \\operatorname{clip}\\bigl(u \\operatorname{round}(${x} / u),\\,F_{\\min},\\,F_{\\max}\\bigr)`;
  const step = `u = 2^{\\max(\\lfloor\\log_2 |${x}|\\rfloor,\\,e_{\\min}) - \\text{mantissa bits}},\\quad \\text{fixed point: } u = 2^{-FL}`;
  return `${rounded},\\qquad ${step},\\qquad \\text{in blocks with scale } s\\text{: } ${x}/s \\text{ in place of } ${x}`;
}

/** @param prefix of the keys @param format the default */
export function numberFormatSettings(prefix: Prefix, format: string): readonly Setting[] {
  const short = prefixes[prefix];
  const choice: ChoiceSetting = {
    type: 'choice',
    key: key(prefix, 'format'),
    short: `${short}fmt`,
    label: 'Format',
    help: 'Exponent bits give range, mantissa bits precision. Only block formats have a scale, computed from the block. In other formats numbers below half of the smallest become 0, and numbers above the largest become the largest.',
    default: format,
    options: [
      ...floats.map((id) => ({ value: id, label: formats[id].label, help: fields(id) })),
      ...Object.entries(blockFormats).map(([value, block]) => ({ value, label: block.label, help: shareOf(block) })),
      { value: FIXED, label: 'fixed point <IL, FL>', help: 'Multiples of one power of two.' },
    ],
  };
  const length: Omit<NumberSetting, 'key' | 'short' | 'label' | 'help' | 'default' | 'max'> = {
    type: 'number',
    min: 1,
    step: 1,
    integer: true,
    unit: 'bits',
    when: { key: choice.key, is: [FIXED] },
  };
  return [
    choice,
    {
      ...length,
      key: key(prefix, 'integerBits'),
      short: `${short}il`,
      label: 'Before the point, IL',
      help: 'Integer bits, including the sign: they give the range.',
      formula: '-2^{IL-1} \\dots 2^{IL-1}-2^{-FL}',
      default: 6,
      max: 8,
    },
    {
      ...length,
      key: key(prefix, 'fractionBits'),
      short: `${short}fl`,
      label: 'After the point, FL',
      help: 'Fractional bits: the step is 2^−FL.',
      default: 10,
      max: 16,
    },
    { ...roundingSetting, key: key(prefix, 'rounding'), short: prefix === '' ? roundingSetting.short : `${short}round` },
  ];
}

function fields(id: FormatId): string {
  const { exponentBits, mantissaBits, minSubnormal, maxFinite } = formats[id];
  const least = Number(minSubnormal.toPrecision(3));
  return `${exponentBits} exponent and ${mantissaBits} mantissa bits: 0, and from ${least} to ${maxFinite < 1e6 ? maxFinite : '3.4e38'}.`;
}

function shareOf({ element, size, scale }: BlockFormat): string {
  const { label, bits, maxFinite } = elementFacts(element);
  const numbers = `${label}, ${bits} bits, up to ${maxFinite}`;
  return scale === 'e8m0'
    ? `Blocks of ${size} share a power of two of 8 bits; numbers are ${numbers}.`
    : `Blocks of ${size} share a scale in fp8 ${scale}; numbers are ${numbers}. Unlike NVIDIA’s format, the tensor has no further scale: blocks below 0.006 become 0.`;
}

/** The target that a block's values round numbers to. */
export function numberTarget(values: Values, prefix: Prefix): NumberTarget {
  const id = String(values[key(prefix, 'format')]);
  if (id === FIXED) {
    const [integerBits, fractionBits] = [Number(values[key(prefix, 'integerBits')]), Number(values[key(prefix, 'fractionBits')])];
    return { kind: 'fixed', integerBits, fractionBits };
  }
  const block = blockFormats[id as BlockFormatId] as BlockFormat | undefined;
  return block ? { kind: 'blocks', ...block } : { kind: 'float', format: id as FormatId };
}

/** "fp8 e4m3fn", "MXFP4", "<6, 10>". */
export function numberFormatPhrase(values: Values, prefix: Prefix): string {
  const target = numberTarget(values, prefix);
  if (target.kind === 'fixed') return `fixed point <${target.integerBits}, ${target.fractionBits}>`;
  if (target.kind === 'float') return formats[target.format].label;
  const numbers = elementFacts(target.element).label;
  return target.scale === 'e8m0' ? `MX blocks of ${numbers}` : `NVFP4 blocks of ${numbers}`;
}

/** ", stochastic rounding" where it is; empty for rounding to nearest. */
export function roundingPhrase(values: Values, prefix: Prefix): string {
  const rounding = values[key(prefix, 'rounding')];
  const label = roundingSetting.options.find(({ value }) => value === rounding)?.label;
  return rounding === roundingSetting.default || !label ? '' : `, rounded ${label.replace(/^stochastic.*/, 'stochastically')}`;
}
