import type { Method } from '../parameter';
import { magnitude } from './magnitude';

/** Every pruning criterion, in the order of the menu. */
export const pruningCriteria: readonly Method[] = [magnitude];
