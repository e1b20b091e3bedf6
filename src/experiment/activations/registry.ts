import type { Method } from '../parameter';
import { none } from './none';

/** Every activation quantizer, in the order of the menu. */
export const activationQuantizers: readonly Method[] = [none];
