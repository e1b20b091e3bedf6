import { expect, test } from 'vitest';
import { readKept } from './ui-store';

const holding = (text: string | null) => ({ getItem: () => text });

test('reads what was kept', () => {
  expect(readKept(holding('{"theme":"dark","shortcuts":false}'))).toEqual({ theme: 'dark', shortcuts: false });
});

test.each([null, '', '[]', 'null', '{"theme":"pink","shortcuts":1}', 'not json'])('%s gives the defaults', (text) => {
  expect(readKept(holding(text))).toEqual({ theme: 'system', shortcuts: true });
});

test('a browser that forbids storage gives the defaults', () => {
  const forbidden = {
    getItem: () => {
      throw new DOMException('denied', 'SecurityError');
    },
  };
  expect(readKept(forbidden)).toEqual({ theme: 'system', shortcuts: true });
  expect(readKept(undefined)).toEqual({ theme: 'system', shortcuts: true });
});
