import type { Method } from '../parameter';
import { binaryRelax } from './binary-relax';
import { dsq } from './dsq';
import { format } from './format';
import { noise } from './noise';
import { proxQuant } from './prox-quant';
import { softRound } from './soft-round';
import { ste } from './ste';
import { thesis } from './thesis';
import { waveq } from './waveq';

/** Every quantizer, in the order of the menu. */
export const quantizers: readonly Method[] = [
  ste,
  thesis,
  waveq,
  softRound,
  dsq,
  proxQuant,
  binaryRelax,
  noise,
  format,
];
