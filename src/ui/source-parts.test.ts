import { expect, test } from 'vitest';
import { sourceParts } from './source-parts';

test('arXiv numbers, DOIs and the thesis are links, the rest is text', () => {
  expect(sourceParts('Jacob et al. 2018, arXiv 1712.05877, section 3.1')).toEqual([
    { part: 'Jacob et al. 2018, ', url: '' },
    { part: 'arXiv 1712.05877', url: 'https://arxiv.org/abs/1712.05877' },
    { part: ', section 3.1', url: '' },
  ]);
  expect(sourceParts('doi:10.1109/TIT.1982.1056489; anuunchin/learned-quantization').map(({ url }) => url)).toEqual([
    'https://doi.org/10.1109/TIT.1982.1056489',
    '',
    'https://github.com/anuunchin/learned-quantization',
  ]);
  expect(sourceParts('Robbins and Monro 1951')).toEqual([{ part: 'Robbins and Monro 1951', url: '' }]);
});
