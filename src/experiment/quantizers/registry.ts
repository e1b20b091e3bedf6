import { dorefaActivations } from '../activations/dorefa';
import { format as formatActivations } from '../activations/format';
import { lqNetsActivations } from '../activations/lq-nets';
import { lsqActivations } from '../activations/lsq';
import { none as floatActivations } from '../activations/none';
import { pact } from '../activations/pact';
import { qilActivations } from '../activations/qil';
import { sign } from '../activations/sign';
import { uniform } from '../activations/uniform';
import { wrpnActivations } from '../activations/wrpn';
import { dorefaGradients } from '../gradients/dorefa';
import { format as formatGradients } from '../gradients/format';
import { none as floatGradients } from '../gradients/none';
import type { Method } from '../parameter';
import { binaryConnect } from './binary-connect';
import { binaryRelax } from './binary-relax';
import { bwn } from './bwn';
import { codebook } from './codebook';
import { dorefa } from './dorefa';
import { dsq } from './dsq';
import { format } from './format';
import { lqNets } from './lq-nets';
import { lsq } from './lsq';
import { noise } from './noise';
import { powerOfTwo } from './power-of-two';
import { proxQuant } from './prox-quant';
import { qil } from './qil';
import { softRound } from './soft-round';
import { ste } from './ste';
import { thesis } from './thesis';
import { ttq } from './ttq';
import { twn } from './twn';
import { waveq } from './waveq';
import { wrpn } from './wrpn';

/** A method's tables, one for each role that it has. Biases take those of weights. */
interface QuantizerTables {
  readonly weights?: Method;
  readonly activations?: Method;
  readonly gradients?: Method;
}

/** Every quantizer, in the order of the menus. A new one is its tables and a line here (and one in engine/quantizers/registry). */
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
    { weights: powerOfTwo },
    { weights: lqNets, activations: lqNetsActivations },
    { weights: format, activations: formatActivations, gradients: formatGradients },
  ]),
  ...group('Without a straight-through gradient', [
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
