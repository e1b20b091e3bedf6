import type { Values } from '../../../experiment/settings/setting';
import type { ActivationFactory } from '../activation-quantizer';
import type { GradientFactory } from '../gradient-quantizer';
import type { ParametrizationFactory } from '../parametrization';
import { binaryRelaxParametrization, proxQuantParametrization } from './annealed';
import { apotParametrization } from './apot';
import { binaryConnectParametrization, bwnParametrization, signActivation } from './binary';
import { codebookParametrization } from './codebook';
import { dorefaGradient, dorefaParametrization } from './dorefa';
import { dsqParametrization } from './dsq';
import { fixedRangeActivation } from './fixed-range';
import { formatActivation, formatGradient, formatParametrization } from './format';
import { lqNetsActivation, lqNetsParametrization } from './lq-nets';
import { lsqActivation, lsqParametrization } from './lsq';
import { noiseParametrization } from './noise';
import { pactActivation } from './pact';
import { powerOfTwoParametrization } from './power-of-two';
import { qilActivation, qilParametrization } from './qil';
import { shareParametrization } from './share';
import { softRoundParametrization } from './soft-round';
import { steParametrization } from './ste';
import { ttqParametrization, twnParametrization } from './ternary';
import { thesisParametrization } from './thesis';
import { uniformActivation } from './uniform';
import { waveqParametrization } from './waveq';
import { wrpnParametrization } from './wrpn';

/** What a method can quantize, and how. Biases are weights here. */
interface Quantizer {
  readonly weights?: ParametrizationFactory;
  readonly activations?: ActivationFactory;
  readonly gradients?: GradientFactory;
}

export type QuantizerRole = keyof Quantizer;

/** Quantizers by id. A new one is one file and one line here (and its table in experiment). */
const quantizers: Readonly<Record<string, Quantizer>> = {
  ste: { weights: steParametrization },
  uniform: { activations: uniformActivation },
  lsq: { weights: lsqParametrization, activations: lsqActivation },
  pact: { activations: pactActivation },
  dorefa: { weights: dorefaParametrization, activations: fixedRangeActivation, gradients: dorefaGradient },
  wrpn: { weights: wrpnParametrization, activations: fixedRangeActivation },
  qil: { weights: qilParametrization, activations: qilActivation },
  thesis: { weights: withSettings(thesisParametrization) },
  'binary-connect': { weights: withSettings(binaryConnectParametrization) },
  bwn: { weights: bwnParametrization },
  sign: { activations: signActivation },
  twn: { weights: twnParametrization },
  ttq: { weights: ttqParametrization },
  codebook: { weights: codebookParametrization },
  share: { weights: shareParametrization },
  'power-of-two': { weights: withSettings(powerOfTwoParametrization) },
  apot: { weights: apotParametrization },
  'lq-nets': { weights: lqNetsParametrization, activations: lqNetsActivation },
  format: { weights: withSettings(formatParametrization), activations: formatActivation, gradients: formatGradient },
  waveq: { weights: waveqParametrization },
  'soft-round': { weights: softRoundParametrization },
  dsq: { weights: dsqParametrization },
  'prox-quant': { weights: proxQuantParametrization },
  'binary-relax': { weights: binaryRelaxParametrization },
  noise: { weights: noiseParametrization },
};

/** How a method quantizes in this role. @throws RangeError for an id without an implementation */
export function quantizerFor<Role extends QuantizerRole>(id: string, role: Role): NonNullable<Quantizer[Role]> {
  const found = Object.hasOwn(quantizers, id) ? quantizers[id]?.[role] : undefined;
  if (!found) throw new RangeError(`There is no quantizer of ${role} called "${id}".`);
  return found;
}

/** The ids of all methods that have this role. */
export function quantizerIds(role: QuantizerRole): readonly string[] {
  return Object.keys(quantizers).filter((id) => quantizers[id]?.[role]);
}

/** A factory that names the types of its settings: the stage's values are those of its table, which validation has seen to. */
function withSettings<Settings extends Values>(factory: ParametrizationFactory<Settings>): ParametrizationFactory {
  return (setup) => factory({ ...setup, values: setup.values as Settings });
}
