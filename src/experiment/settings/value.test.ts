import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueArbitrary } from '../testing/arbitrary';
import type { ListSetting, NumberSetting, Setting } from './setting';
import { checkValue, complaintSentence, nearestValue, textToValue, valueToText } from './value';

const common = { help: 'Help.', label: 'Bits', key: 'bits', short: 'bits' } as const;
const whole: NumberSetting = { ...common, type: 'number', default: 4, min: 2, max: 8, step: 1, integer: true };
const real: NumberSetting = { ...common, type: 'number', default: 0.1, min: 0, max: 1, step: 0.1 };
const list: ListSetting = { ...common, type: 'list', default: [12], min: 1, max: 64, minLength: 0, maxLength: 3 };
const choice: Setting = {
  ...common,
  type: 'choice',
  default: 'a1',
  options: [
    { value: 'a1', label: 'A' },
    { value: 'bee', label: 'B' },
  ],
};
const yesNo: Setting = { ...common, type: 'flag', default: true };

describe('the nearest valid value', () => {
  test.each([
    [whole, 4, 4],
    [whole, 40, 8],
    [whole, -3, 2],
    [whole, 3.4, 3],
    [whole, '6', 6],
    [whole, 'six', 4],
    [whole, Number.NaN, 4],
    [whole, Number.POSITIVE_INFINITY, 8],
    [whole, null, 4],
    [whole, {}, 4],
    [whole, [5], 4],
    [real, 0.25, 0.25],
    [real, -0, 0],
    [real, -5, 0],
    [list, [1, 2], [1, 2]],
    [list, [], []],
    [list, [0, 100.4], [1, 64]],
    [list, [1, 2, 3, 4], [1, 2, 3]],
    [list, [1, 'x'], [12]],
    [list, 7, [12]],
    [choice, 'bee', 'bee'],
    [choice, 'toString', 'a1'],
    [yesNo, false, false],
    [yesNo, 'no', true],
  ] as const)('case %#: %o of %o', (setting, given, expected) => {
    expect(nearestValue(setting, given)).toEqual(expected);
  });

  test('is valid, whatever was given', () => {
    fc.assert(
      fc.property(fc.constantFrom<Setting>(whole, real, list, choice, yesNo), fc.anything(), (setting, given) => {
        const nearest = nearestValue(setting, given);
        expect(checkValue(setting, nearest)).toEqual({ value: nearest, complaint: null });
      }),
    );
  });
});

test('a complaint is one sentence with what is allowed, given and used', () => {
  const say = (setting: Setting, given: unknown) => complaintSentence(setting, given, checkValue(setting, given));
  expect(say(whole, 40)).toBe('Bits must be a whole number from 2 to 8, not 40; 8 is used instead.');
  expect(say(choice, 'be')).toBe('Bits must be a1 or bee, not "be"; a1 is used instead. Did you mean bee?');
  expect(say(yesNo, 3)).toBe('Bits must be yes or no, not 3; yes is used instead.');
  expect(say(list, [99])).toBe('Bits must be a list of 0 to 3 whole numbers from 1 to 64, not this list; 64 is used instead.');
  expect(say(whole, 'x'.repeat(10_000)).length).toBeLessThan(150);
});

describe('values as text', () => {
  test.each([
    [whole, 5, '5'],
    [real, 1e-7, '1e-7'],
    [real, 1e21, '1e21'],
    [list, [300, 100], '300-100'],
    [list, [], 'none'],
    [yesNo, true, 'yes'],
    [choice, 'bee', 'bee'],
  ] as const)('case %#', (setting, value, text) => {
    expect(valueToText(value)).toBe(text);
    expect(textToValue(setting, text)).toEqual(value);
  });

  test('a text that means nothing stays text', () => {
    for (const text of ['', ' ', 'abc', '1-x', 'maybe']) {
      expect(textToValue(real, text)).toBe(text);
      expect(textToValue(list, text)).toBe(text);
      expect(textToValue(yesNo, text)).toBe(text);
    }
  });

  test('any valid value comes back', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom<Setting>(whole, real, list, choice, yesNo)
          .chain((setting) => valueArbitrary(setting).map((value) => ({ setting, value }))),
        ({ setting, value }) => {
          expect(textToValue(setting, valueToText(value))).toEqual(value);
        },
      ),
    );
  });
});
