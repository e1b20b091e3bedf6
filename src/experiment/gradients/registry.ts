import type { Method } from '../parameter';
import { format } from './format';
import { none } from './none';

/** Every gradient quantizer, in the order of the menu. */
export const gradientQuantizers: readonly Method[] = [none, format];
