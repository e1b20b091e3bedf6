import type { Method } from '../parameter';
import { binaryRelax } from './binary-relax';
import { dsq } from './dsq';
import { noise } from './noise';
import { proxQuant } from './prox-quant';
import { softRound } from './soft-round';
import { ste } from './ste';
import { waveq } from './waveq';

/** Every quantizer, in the order of the menu. */
export const quantizers: readonly Method[] = [ste, waveq, softRound, dsq, proxQuant, binaryRelax, noise];
