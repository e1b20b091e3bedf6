import { expect, test } from 'vitest';
import { stepped } from './use-stepper';

test('arrows walk and stop at the ends', () => {
  expect(stepped('ArrowRight', 3, 5, 0)).toBe(4);
  expect(stepped('ArrowRight', 4, 5, 0)).toBe(4);
  expect(stepped('ArrowLeft', 0, 5, 0)).toBe(0);
  expect(stepped('End', 0, 5, 0)).toBe(4);
  expect(stepped('Home', 4, 5, 0)).toBe(0);
});

test('the first arrow begins at the starting item, Escape lets go', () => {
  expect(stepped('ArrowRight', null, 5, 2)).toBe(2);
  expect(stepped('Escape', 2, 5, 0)).toBeNull();
  expect(stepped('Escape', null, 5, 0)).toBeUndefined();
});

test('other keys and empty pictures are left alone', () => {
  expect(stepped('a', 2, 5, 0)).toBeUndefined();
  expect(stepped('ArrowRight', null, 0, 0)).toBeUndefined();
});
