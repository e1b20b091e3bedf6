import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stageDefinition } from '../stages/registry';
import { blockArbitrary, valueArbitrary } from '../testing/arbitrary';
import { changeOnly, changeValue, defaultBlock, sameBlock, sameValue } from './block';
import { activeSettings, allSettings } from './setting';

const table = stageDefinition('train').settings;
const anyEdit = fc.constantFrom(...allSettings(table)).chain((setting) => valueArbitrary(setting).map((value) => ({ setting, value })));

describe('changing a value', () => {
  test('changes only it', () => {
    const block = defaultBlock(table);
    expect(changeValue(table, block, 'batch', 32)).toEqual({ ...block, batch: 32 });
    expect(changeValue(table, block, 'batch', 1e9)).toEqual({ ...block, batch: 1024 });
    expect(changeValue(table, block, '__proto__', 1)).toEqual(block);
  });

  test("a new method brings its own defaults where the old one's were untouched", () => {
    const sgd = changeValue(table, defaultBlock(table), 'optimizer', 'sgd');
    expect(sgd).toMatchObject({ optimizer: 'sgd', lr: 0.1, steps: 2000 });
    expect(sgd).not.toHaveProperty('beta1');
    expect(sgd).not.toHaveProperty('epsilon');
    expect(changeValue(table, sgd, 'optimizer', 'adam')).toEqual(defaultBlock(table));
  });

  test('a new method keeps what a person chose', () => {
    const chosen = changeValue(table, defaultBlock(table), 'lr', 0.005);
    expect(changeValue(table, chosen, 'optimizer', 'sgd')).toMatchObject({ lr: 0.005 });
    const schedule = changeValue(table, chosen, 'schedule', 'step');
    expect(schedule).toMatchObject({ schedule: 'step', dropEvery: 1000, dropFactor: 0.5, lr: 0.005 });
  });

  test('for a comparison every other value stays, defaults too, unless the new method cannot have it', () => {
    expect(changeOnly(table, defaultBlock(table), 'optimizer', 'sgd')).toMatchObject({ optimizer: 'sgd', lr: 0.0012 });
    const quantize = stageDefinition('quantize').settings;
    const four = defaultBlock(quantize);
    for (const method of ['prox-quant', 'binary-relax', 'lq-nets', 'lsq', 'dorefa']) {
      expect(changeOnly(quantize, four, 'method', method)).toMatchObject({ method, bits: 4 });
    }
    fc.assert(
      fc.property(blockArbitrary(quantize), fc.constantFrom('ste', 'lsq', 'prox-quant', 'binary-relax', 'noise'), (block, method) => {
        const changed = changeOnly(quantize, block, 'method', method);
        for (const { key, type } of activeSettings(quantize, changed)) {
          if (key === 'method' || type !== 'flag' || block[key] === undefined) continue;
          expect(sameValue(changed[key], block[key])).toBe(true);
        }
        expect(changeOnly(quantize, block, 'method', block.method)).toEqual(block);
      }),
    );
  });

  test('a block has exactly the settings that exist, in table order', () => {
    fc.assert(
      fc.property(blockArbitrary(table), anyEdit, (block, { setting, value }) => {
        const next = changeValue(table, block, setting.key, value);
        expect(Object.keys(next)).toEqual(activeSettings(table, next).map((p) => p.key));
      }),
    );
  });
});

test('equality of blocks does not look at the order of keys, and looks into lists', () => {
  expect(sameBlock({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
  expect(sameBlock({ a: 1, b: [1, 2] }, { b: [1, 3], a: 1 })).toBe(false);
  expect(sameBlock({ a: 1 }, { a: 1, b: 2 })).toBe(false);
  expect(sameBlock({ a: 1, b: 2 }, { a: 1, c: 2 })).toBe(false);
});
