import { expect, test } from 'vitest';
import { firstPaintFiles } from './size.mjs';

test('follows static imports from the entry, once each, and no dynamic ones', () => {
  const manifest = {
    'index.html': { file: 'index.js', isEntry: true, imports: ['_a.js', '_b.js'], dynamicImports: ['lazy.ts'] },
    '_a.js': { file: 'a.js', imports: ['_b.js'] },
    '_b.js': { file: 'b.js', imports: ['_a.js'] },
    'lazy.ts': { file: 'lazy.js', isDynamicEntry: true, imports: ['_c.js'] },
    '_c.js': { file: 'c.js' },
  };
  expect(firstPaintFiles(manifest)).toEqual(['index.js', 'a.js', 'b.js']);
  expect(firstPaintFiles(manifest, ['lazy.ts'])).toEqual(['index.js', 'a.js', 'b.js', 'lazy.js', 'c.js']);
  expect(() => firstPaintFiles(manifest, ['gone.ts'])).toThrow('gone.ts');
});
