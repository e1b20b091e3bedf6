import type { Method } from '../parameter';
import { format } from './format';
import { lqNetsActivations } from './lq-nets';
import { none } from './none';
import { sign } from './sign';

/** Every activation quantizer, in the order of the menu. */
export const activationQuantizers: readonly Method[] = [none, format, sign, lqNetsActivations];
