import { expect, test } from 'vitest';
import { presetGroups } from './preset-groups';
import { presets } from './presets';

test('every preset is in one group, and only there', () => {
  const ids = presetGroups.flatMap((group) => group.presets.map(({ id }) => id));
  expect([...ids].sort()).toEqual(presets.map(({ id }) => id).sort());
});

test('the thesis is named once, with author, title, year and link', () => {
  const [thesis, ...others] = presetGroups.filter(({ url }) => url);
  expect(others).toEqual([]);
  expect(thesis?.note).toMatch(/Chinbat.*Learned Quantization Schemes.*2025/);
});
