import fc from 'fast-check';
import { dataSettings, datasetShape } from '../methods/data';
import { fittingModel, modelSettings } from '../methods/models/registry';
import { repairedProgram } from '../program/repair';
import { fillBlock } from '../settings/block';
import type { Setting, SettingValue } from '../settings/setting';
import { allSettings } from '../settings/setting';
import { nearestValue } from '../settings/value';
import { stageDefinition, stageKinds } from '../stages/registry';
import {
  cleanName,
  type DataBlock,
  EXPERIMENT_VERSION,
  type Experiment,
  type ModelBlock,
  STAGE_LIMIT,
  type Stage,
  seedSetting,
} from '../types/experiment';

/** Arbitrary valid experiments, generated from the same tables as everything else. */

/** Any valid value of a setting, its default and its limits often among them. */
export function valueArbitrary(setting: Setting): fc.Arbitrary<SettingValue> {
  return fc.oneof(fc.constant(setting.default), anyValue(setting)).map((value) => nearestValue(setting, value));
}

function anyValue(setting: Setting): fc.Arbitrary<SettingValue> {
  switch (setting.type) {
    case 'number': {
      const { min, max } = setting;
      const inside = setting.integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
      return fc.oneof(fc.constantFrom(min, max), inside);
    }
    case 'choice':
      return fc.constantFrom(...setting.options.map((option) => option.value));
    case 'method':
      return fc.constantFrom(...setting.methods.map((method) => method.id));
    case 'flag':
      return fc.boolean();
    case 'list': {
      const { min, max, minLength, maxLength } = setting;
      return fc.array(fc.oneof(fc.integer({ min, max }), fc.integer({ min, max: Math.min(max, 64) })), { minLength, maxLength });
    }
  }
}

/** Any valid block of a table. */
export function blockArbitrary(table: readonly Setting[]): fc.Arbitrary<Readonly<Record<string, SettingValue>>> {
  const all = allSettings(table);
  return fc
    .tuple(...all.map(valueArbitrary))
    .map((values) => fillBlock(table, (setting) => values[all.indexOf(setting)] ?? setting.default));
}

const stageArbitrary: fc.Arbitrary<Stage> = fc
  .constantFrom<string>(...stageKinds)
  .chain((kind) =>
    fc.record({ on: fc.boolean(), block: blockArbitrary(stageDefinition(kind).settings) }).map(({ on, block }) => ({ kind, on, ...block })),
  );

const dataArbitrary: fc.Arbitrary<DataBlock> = fc
  .record({
    block: blockArbitrary(dataSettings),
    digest: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
  })
  .map(({ block, digest }) => ({ ...block, checksum: block.dataset === 'own' ? digest : '' }) as DataBlock);

export const experimentArbitrary: fc.Arbitrary<Experiment> = fc
  .record({
    name: fc
      .oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 100 }), fc.string({ unit: 'grapheme', maxLength: 40 }))
      .map(cleanName),
    seed: valueArbitrary(seedSetting) as fc.Arbitrary<number>,
    data: dataArbitrary,
    model: blockArbitrary(modelSettings) as fc.Arbitrary<ModelBlock>,
    stages: fc.array(stageArbitrary, { maxLength: STAGE_LIMIT }).map(repairedProgram),
  })
  .map((parts) => {
    const shape = datasetShape(parts.data.dataset);
    const model = shape ? fittingModel(parts.model, shape.input, shape.classes) : parts.model;
    return { version: EXPERIMENT_VERSION, ...parts, model };
  });
