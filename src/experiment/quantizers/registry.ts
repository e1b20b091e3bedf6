import type { Method } from '../parameter';
import { ste } from './ste';

/** Every quantizer, in the order of the menu. */
export const quantizers: readonly Method[] = [ste];
