import { expect, test } from 'vitest';
import { guardCompositions } from './input-methods';

function press(key: string, { isComposing = false, keyCode = 13 }): { readonly seen: boolean; readonly prevented: boolean } {
  const target = new EventTarget();
  let seen = false;
  guardCompositions(target);
  target.addEventListener('keydown', () => {
    seen = true;
  });
  const event = Object.assign(new Event('keydown', { cancelable: true }), { key, isComposing, keyCode });
  target.dispatchEvent(event);
  return { seen, prevented: event.defaultPrevented };
}

test.each([
  ['Enter', { isComposing: true, keyCode: 13 }],
  ['Escape', { isComposing: true, keyCode: 27 }],
  ['Process', { isComposing: true, keyCode: 229 }],
])('%s does nothing while an input method composes', (key, state) => expect(press(key, state)).toEqual({ seen: false, prevented: false }));

test('the Enter that ends a composition in Safari neither commits nor sends', () =>
  expect(press('Enter', { keyCode: 229 })).toEqual({ seen: false, prevented: true }));

test.each([
  ['Enter', { keyCode: 13 }],
  ['Escape', { keyCode: 27 }],
  ['a', { keyCode: 65 }],
])('%s alone reaches the page', (key, state) => expect(press(key, state)).toEqual({ seen: true, prevented: false }));
