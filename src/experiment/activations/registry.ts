import type { Method } from '../parameter';
import { dorefaActivations } from './dorefa';
import { format } from './format';
import { lqNetsActivations } from './lq-nets';
import { lsqActivations } from './lsq';
import { none } from './none';
import { pact } from './pact';
import { qilActivations } from './qil';
import { sign } from './sign';
import { uniform } from './uniform';
import { wrpnActivations } from './wrpn';

/** Every activation quantizer, in the order of the menu. */
export const activationQuantizers: readonly Method[] = [
  none,
  uniform,
  lsqActivations,
  pact,
  dorefaActivations,
  wrpnActivations,
  qilActivations,
  format,
  sign,
  lqNetsActivations,
];
