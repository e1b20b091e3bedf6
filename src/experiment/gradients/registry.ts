import type { Method } from '../parameter';
import { dorefaGradients } from './dorefa';
import { format } from './format';
import { none } from './none';

/** Every gradient quantizer, in the order of the menu. */
export const gradientQuantizers: readonly Method[] = [none, dorefaGradients, format];
