import type { Method } from '../../settings/setting';
import { binaryRelax, proxQuant } from './annealed';
import { apot } from './apot';
import { binaryConnect, bwn, sign } from './binary';
import { codebook } from './codebook';
import { dorefa, dorefaActivations, dorefaGradients } from './dorefa';
import { dsq } from './dsq';
import { format, formatActivations, formatGradients } from './format';
import { lqNets, lqNetsActivations } from './lq-nets';
import { lsq, lsqActivations } from './lsq';
import { floatActivations, floatGradients } from './none';
import { pact } from './pact';
import { powerOfTwo } from './power-of-two';
import { qil, qilActivations } from './qil';
import { share } from './share';
import { noise, softRound } from './soft-round';
import { ste } from './ste';
import { ttq, twn } from './ternary';
import { thesis } from './thesis';
import { uniform } from './uniform';
import { waveq } from './waveq';
import { wrpn, wrpnActivations } from './wrpn';

/** A method's tables, one for each role that it has. Biases take those of weights. */
interface QuantizerTables {
  readonly weights?: Method;
  readonly activations?: Method;
  readonly gradients?: Method;
}

/** Every quantizer, in the order of the menus. A new one is its tables and a line here (and one in engine/parametrizations/quantizers/registry). */
const tables: readonly QuantizerTables[] = [
  { activations: floatActivations, gradients: floatGradients },
  ...group('Evenly spaced levels', [
    { weights: ste },
    { activations: uniform },
    { weights: lsq, activations: lsqActivations },
    { activations: pact },
    { weights: dorefa, activations: dorefaActivations, gradients: dorefaGradients },
    { weights: wrpn, activations: wrpnActivations },
    { weights: qil, activations: qilActivations },
    { weights: thesis },
  ]),
  ...group('Two or three levels', [
    { weights: binaryConnect },
    { weights: bwn },
    { activations: sign },
    { weights: twn },
    { weights: ttq },
  ]),
  ...group('Levels anywhere', [
    { weights: codebook },
    { weights: share },
    { weights: powerOfTwo },
    { weights: apot },
    { weights: lqNets, activations: lqNetsActivations },
    { weights: format, activations: formatActivations, gradients: formatGradients },
  ]),
  ...group('QAT without STE', [
    { weights: waveq },
    { weights: softRound },
    { weights: dsq },
    { weights: proxQuant },
    { weights: binaryRelax },
    { weights: noise },
  ]),
];

/** Quantizers of weights, in groups. */
export const quantizers: readonly Method[] = inRole('weights');
/** Quantizers of a layer's inputs, and 'none'. */
export const activationQuantizers: readonly Method[] = inRole('activations');
/** Quantizers of the gradients that flow back, and 'none'. */
export const gradientQuantizers: readonly Method[] = inRole('gradients');

function inRole(role: keyof QuantizerTables): readonly Method[] {
  return tables.flatMap((entry) => entry[role] ?? []);
}

function group(name: string, entries: readonly QuantizerTables[]): readonly QuantizerTables[] {
  return entries.map((entry) => (entry.weights ? { ...entry, weights: { ...entry.weights, group: name } } : entry));
}
