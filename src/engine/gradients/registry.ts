import { dorefaGradient } from './dorefa';
import { formatGradient } from './format';
import type { GradientFactory } from './gradient-quantizer';

/** Gradient quantizers by id. A new one is one file and one line here (and its table in experiment/gradients). */
const factories: Readonly<Record<string, GradientFactory<never>>> = { dorefa: dorefaGradient, format: formatGradient };

/** @returns undefined for 'none'  @throws RangeError for an id without an implementation */
export function gradientFactory(id: string): GradientFactory | undefined {
  if (id === 'none') return undefined;
  if (!Object.hasOwn(factories, id)) throw new RangeError(`There is no gradient quantizer called "${id}".`);
  return factories[id] as unknown as GradientFactory;
}
