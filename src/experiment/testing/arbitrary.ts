import fc from 'fast-check';
import { dataParameters, datasetShape } from '../methods/data';
import { fittingModel, modelParameters } from '../methods/models/registry';
import { repairedProgram } from '../program/repair';
import { fillBlock } from '../settings/block';
import type { Parameter, ParameterValue } from '../settings/setting';
import { allParameters } from '../settings/setting';
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
  seedParameter,
} from '../types/experiment';

/** Arbitrary valid experiments, generated from the same tables as everything else. */

/** Any valid value of a parameter, its default and its limits often among them. */
export function valueArbitrary(parameter: Parameter): fc.Arbitrary<ParameterValue> {
  return fc.oneof(fc.constant(parameter.default), anyValue(parameter)).map((value) => nearestValue(parameter, value));
}

function anyValue(parameter: Parameter): fc.Arbitrary<ParameterValue> {
  switch (parameter.type) {
    case 'number': {
      const { min, max } = parameter;
      const inside = parameter.integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
      return fc.oneof(fc.constantFrom(min, max), inside);
    }
    case 'choice':
      return fc.constantFrom(...parameter.options.map((option) => option.value));
    case 'method':
      return fc.constantFrom(...parameter.methods.map((method) => method.id));
    case 'flag':
      return fc.boolean();
    case 'list': {
      const { min, max, minLength, maxLength } = parameter;
      return fc.array(fc.oneof(fc.integer({ min, max }), fc.integer({ min, max: Math.min(max, 64) })), { minLength, maxLength });
    }
  }
}

/** Any valid block of a table. */
export function blockArbitrary(table: readonly Parameter[]): fc.Arbitrary<Readonly<Record<string, ParameterValue>>> {
  const all = allParameters(table);
  return fc
    .tuple(...all.map(valueArbitrary))
    .map((values) => fillBlock(table, (parameter) => values[all.indexOf(parameter)] ?? parameter.default));
}

const stageArbitrary: fc.Arbitrary<Stage> = fc
  .constantFrom<string>(...stageKinds)
  .chain((kind) =>
    fc
      .record({ on: fc.boolean(), block: blockArbitrary(stageDefinition(kind).parameters) })
      .map(({ on, block }) => ({ kind, on, ...block })),
  );

const dataArbitrary: fc.Arbitrary<DataBlock> = fc
  .record({
    block: blockArbitrary(dataParameters),
    digest: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
  })
  .map(({ block, digest }) => ({ ...block, checksum: block.dataset === 'own' ? digest : '' }) as DataBlock);

export const experimentArbitrary: fc.Arbitrary<Experiment> = fc
  .record({
    name: fc
      .oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 100 }), fc.string({ unit: 'grapheme', maxLength: 40 }))
      .map(cleanName),
    seed: valueArbitrary(seedParameter) as fc.Arbitrary<number>,
    data: dataArbitrary,
    model: blockArbitrary(modelParameters) as fc.Arbitrary<ModelBlock>,
    stages: fc.array(stageArbitrary, { maxLength: STAGE_LIMIT }).map(repairedProgram),
  })
  .map((parts) => {
    const shape = datasetShape(parts.data.dataset);
    const model = shape ? fittingModel(parts.model, shape.input, shape.classes) : parts.model;
    return { version: EXPERIMENT_VERSION, ...parts, model };
  });
