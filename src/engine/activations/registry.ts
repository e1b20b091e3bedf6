import type { ActivationFactory } from './activation-view';

/** Activation quantizers by id. A new one is one file and one line here (and its table in experiment/activations). */
const factories: Readonly<Record<string, ActivationFactory<never>>> = {};

/** @returns undefined for 'none'  @throws RangeError for an id without an implementation */
export function activationFactory(id: string): ActivationFactory | undefined {
  if (id === 'none') return undefined;
  if (!Object.hasOwn(factories, id)) throw new RangeError(`There is no activation quantizer called "${id}".`);
  return factories[id] as unknown as ActivationFactory;
}
