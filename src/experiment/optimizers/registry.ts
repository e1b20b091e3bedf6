import type { Method } from '../parameter';
import { adam } from './adam';
import { momentum } from './momentum';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';

/** Every optimizer, in the order of the menu. */
export const optimizers: readonly Method[] = [adam, sgd, momentum, rmsprop];
