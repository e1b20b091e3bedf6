import type { Method } from '../../settings/setting';
import { magnitude } from './magnitude';

/** Every pruning criterion, in the order of the menu. */
export const pruningCriteria: readonly Method[] = [magnitude];
