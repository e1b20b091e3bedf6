import { describe, expect, test } from 'vitest';
import { shortcutFor } from './shortcuts';

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  defaultPrevented: false,
  repeat: false,
  ...more,
});
const nowhere = { typing: false, pressable: false };

describe('shortcutFor', () => {
  test.each([
    [' ', 'play'],
    ['s', 'step'],
    ['r', 'reset'],
    ['?', 'help'],
    ['x', null],
  ])('%s', (key, meaning) => expect(shortcutFor(press(key), nowhere)).toBe(meaning));

  test('keys belong to the field that is typed in, and space to the button that has the focus', () => {
    expect(shortcutFor(press('s'), { typing: true, pressable: false })).toBeNull();
    expect(shortcutFor(press(' '), { typing: false, pressable: true })).toBeNull();
    expect(shortcutFor(press('s'), { typing: false, pressable: true })).toBe('step');
  });

  test('a held key steps on but does not toggle', () => {
    expect(shortcutFor(press('s', { repeat: true }), nowhere)).toBe('step');
    expect(shortcutFor(press(' ', { repeat: true }), nowhere)).toBeNull();
    expect(shortcutFor(press('r', { repeat: true }), nowhere)).toBeNull();
  });

  test('the browser keeps its own', () => {
    expect(shortcutFor(press('r', { ctrlKey: true }), nowhere)).toBeNull();
    expect(shortcutFor(press('s', { metaKey: true }), nowhere)).toBeNull();
    expect(shortcutFor(press('s', { defaultPrevented: true }), nowhere)).toBeNull();
  });
});
