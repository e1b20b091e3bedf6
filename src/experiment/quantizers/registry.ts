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

/** Every quantizer, in the order of the menu. */
export const quantizers: readonly Method[] = [
  ...group('Evenly spaced levels', ste, lsq, dorefa, wrpn, qil, thesis),
  ...group('Two or three levels', binaryConnect, bwn, twn, ttq),
  ...group('Levels anywhere', codebook, powerOfTwo, lqNets, format),
  ...group('Without a straight-through gradient', waveq, softRound, dsq, proxQuant, binaryRelax, noise),
];

function group(name: string, ...methods: readonly Method[]): readonly Method[] {
  return methods.map((method) => ({ ...method, group: name }));
}
