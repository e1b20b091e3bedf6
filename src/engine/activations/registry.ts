import type { ActivationFactory } from './activation-view';
import { fixedRangeActivation } from './fixed-range';
import { formatActivation } from './format';
import { lqNetsActivation } from './lq-nets';
import { lsqActivation } from './lsq';
import { pactActivation } from './pact';
import { qilActivation } from './qil';
import { signActivation } from './sign';
import { uniformActivation } from './uniform';

/** Activation quantizers by id. A new one is one file and one line here (and its table in experiment/activations). */
const factories: Readonly<Record<string, ActivationFactory<never>>> = {
  uniform: uniformActivation,
  lsq: lsqActivation,
  pact: pactActivation,
  dorefa: fixedRangeActivation,
  wrpn: fixedRangeActivation,
  qil: qilActivation,
  format: formatActivation,
  sign: signActivation,
  'lq-nets': lqNetsActivation,
};

/** @returns undefined for 'none'  @throws RangeError for an id without an implementation */
export function activationFactory(id: string): ActivationFactory | undefined {
  if (id === 'none') return undefined;
  if (!Object.hasOwn(factories, id)) throw new RangeError(`There is no activation quantizer called "${id}".`);
  return factories[id] as unknown as ActivationFactory;
}
