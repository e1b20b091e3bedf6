import type { Values } from '../../../experiment/settings/setting';
import type { ActivationFactory } from '../activation-quantizer';
import type { GradientFactory } from '../gradient-quantizer';
import type { ViewFactory } from '../parametrization';
import { binaryRelaxView, proxQuantView } from './annealed';
import { binaryConnectView, bwnView, signActivation } from './binary';
import { codebookView } from './codebook';
import { dorefaGradient, dorefaView } from './dorefa';
import { dsqView } from './dsq';
import { fixedRangeActivation } from './fixed-range';
import { formatActivation, formatGradient, formatView } from './format';
import { lqNetsActivation, lqNetsView } from './lq-nets';
import { lsqActivation, lsqView } from './lsq';
import { noiseView } from './noise';
import { pactActivation } from './pact';
import { powerOfTwoView } from './power-of-two';
import { qilActivation, qilView } from './qil';
import { softRoundView } from './soft-round';
import { steView } from './ste';
import { ttqView, twnView } from './ternary';
import { thesisView } from './thesis';
import { uniformActivation } from './uniform';
import { waveqView } from './waveq';
import { wrpnView } from './wrpn';

/** What a method can quantize, and how. Biases are weights here. */
interface Quantizer {
  readonly weights?: ViewFactory;
  readonly activations?: ActivationFactory;
  readonly gradients?: GradientFactory;
}

export type QuantizerRole = keyof Quantizer;

/** Quantizers by id. A new one is one file and one line here (and its table in experiment). */
const quantizers: Readonly<Record<string, Quantizer>> = {
  ste: { weights: steView },
  uniform: { activations: uniformActivation },
  lsq: { weights: lsqView, activations: lsqActivation },
  pact: { activations: pactActivation },
  dorefa: { weights: dorefaView, activations: fixedRangeActivation, gradients: dorefaGradient },
  wrpn: { weights: wrpnView, activations: fixedRangeActivation },
  qil: { weights: qilView, activations: qilActivation },
  thesis: { weights: withSettings(thesisView) },
  'binary-connect': { weights: withSettings(binaryConnectView) },
  bwn: { weights: bwnView },
  sign: { activations: signActivation },
  twn: { weights: twnView },
  ttq: { weights: ttqView },
  codebook: { weights: codebookView },
  'power-of-two': { weights: withSettings(powerOfTwoView) },
  'lq-nets': { weights: lqNetsView, activations: lqNetsActivation },
  format: { weights: withSettings(formatView), activations: formatActivation, gradients: formatGradient },
  waveq: { weights: waveqView },
  'soft-round': { weights: softRoundView },
  dsq: { weights: dsqView },
  'prox-quant': { weights: proxQuantView },
  'binary-relax': { weights: binaryRelaxView },
  noise: { weights: noiseView },
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
function withSettings<Settings extends Values>(factory: ViewFactory<Settings>): ViewFactory {
  return (setup) => factory({ ...setup, values: setup.values as Settings });
}
