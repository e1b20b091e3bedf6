import { expect, test } from 'vitest';
import { fromFragment } from '../../experiment/link/url';
import { parseFront } from '../../experiment/sweep/front-text';
import { axisTexts, parseAxes } from '../../experiment/sweep/link';
import { sweepPresets } from '../../experiment/sweep/presets';
import { frontFragment } from './front-notice';

test.each(sweepPresets)('a link to beat a front of $id carries experiment, axes and front', ({ sweep }) => {
  const points = [
    { x: 1e-9, accuracy: 0.5 },
    { x: 2.05, accuracy: 0.9 },
  ];
  const fragment = frontFragment(sweep, { x: 'bytes', points });
  expect(fragment).toMatch(/^[\w\-.~%:,=&+]+$/);
  const { experiment, problems, rest } = fromFragment(fragment);
  expect(problems).toEqual([]);
  expect(experiment).toEqual(sweep.experiment);
  expect(parseAxes(axisTexts(rest.sweep ?? ''))).toEqual(sweep.axes);
  expect(parseFront(rest.front ?? '')).toEqual({ x: 'bytes', points });
});
