import type { Architecture } from '../../experiment/methods/models/architecture';
import { parametersOf } from '../../experiment/operators/layers';
import type { StoredTensor } from '../../numerics/container/stored-tensor';

/**
 * Checks that a file holds the arrays of its layers, before memory is taken for layers of which it only claims that they are there.
 * @throws RangeError, with a sentence, if one is missing or has another shape
 */
export function checkTensors({ layers, input }: Architecture, tensors: readonly StoredTensor[]): void {
  const shapes = new Map(tensors.map(({ name, shape }) => [name, shape.join(' × ')]));
  for (const { name, shape } of parametersOf(layers, input)) {
    const found = shapes.get(name);
    if (found !== shape.join(' × '))
      throw new RangeError(`The model needs ${name} of ${shape.join(' × ')} numbers; the file ${found ? `has ${found}` : 'lacks it'}.`);
  }
}
