import type { Values } from '../../experiment/parameter';
import type { ActivationFactory } from '../activations/activation-view';
import { fixedRangeActivation } from '../activations/fixed-range';
import { formatActivation } from '../activations/format';
import { lqNetsActivation } from '../activations/lq-nets';
import { lsqActivation } from '../activations/lsq';
import { pactActivation } from '../activations/pact';
import { qilActivation } from '../activations/qil';
import { signActivation } from '../activations/sign';
import { uniformActivation } from '../activations/uniform';
import { dorefaGradient } from '../gradients/dorefa';
import { formatGradient } from '../gradients/format';
import type { GradientFactory } from '../gradients/gradient-quantizer';
import { binaryConnectView } from '../views/binary-connect';
import { binaryRelaxView } from '../views/binary-relax';
import { bwnView } from '../views/bwn';
import { codebookView } from '../views/codebook';
import { dorefaView } from '../views/dorefa';
import { dsqView } from '../views/dsq';
import { formatView } from '../views/format';
import { lqNetsView } from '../views/lq-nets';
import { lsqView } from '../views/lsq';
import { noiseView } from '../views/noise';
import { powerOfTwoView } from '../views/power-of-two';
import { proxQuantView } from '../views/prox-quant';
import { qilView } from '../views/qil';
import { softRoundView } from '../views/soft-round';
import { steView } from '../views/ste';
import { thesisView } from '../views/thesis';
import { ttqView } from '../views/ttq';
import { twnView } from '../views/twn';
import type { ViewFactory } from '../views/view';
import { waveqView } from '../views/waveq';
import { wrpnView } from '../views/wrpn';

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
