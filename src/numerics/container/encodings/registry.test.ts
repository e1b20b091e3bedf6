import { expect, test } from 'vitest';
import { codebook, dense, fp4, nvfp4, signs } from '../../testing/small-tensors';
import { coderNumbered, coderOf } from '../coders/registry';
import { supportKind, supportNumbered } from '../supports/registry';
import { encodingKind, encodingNumbered } from './registry';

/** What the file says for each: these never change. */
test('encodings, supports and coders are found by the numbers of the file', () => {
  const kinds = Array.from({ length: 12 }, (_, number) => encodingNumbered(number)?.kind);
  expect(kinds).toEqual(['float32', ...Array(4).fill('uniform'), 'codebook', 'basis', ...Array(3).fill('format'), undefined, undefined]);
  const supports = ['dense', 'bitmask', 'relative', 'csr', 'csc', undefined];
  expect(supports.map((_, number) => supportNumbered(number)?.kind)).toEqual(supports);
  expect([0, 1, 2].map((number) => coderNumbered(number)?.id)).toEqual(['packed', 'huffman', undefined]);
});

test('a tensor without a support is dense, and one without a coder is packed', () => {
  expect(supportKind().kind.kind).toBe('dense');
  expect(coderOf().id).toBe('packed');
});

test('each encoding calls itself by one of its numbers', () => {
  for (const { encoding } of [dense, codebook, signs, fp4, nvfp4]) {
    const kind = encodingKind(encoding);
    expect(kind.kind).toBe(encoding.kind);
    expect(kind.numbers).toContain(kind.numberOf(encoding));
  }
});

test('only codebooks and bases list the levels of a block', () => {
  const levels = ({ encoding }: typeof dense, block: number) => [...encodingKind(encoding).levels(encoding, block)];
  expect([levels(dense, 0), levels(fp4, 0)]).toEqual([[], []]);
  expect(levels(codebook, 1)).toEqual([-1, 0.5, 0, 2]);
  expect(levels(signs, 1)).toEqual([-2.5, 1.5, -1.5, 2.5]);
});
