import type { Method } from '../../settings/setting';
import { lowRank } from './low-rank';

/** Every structure that a dense layer can be factorized into, in the order of the menu. */
export const structures: readonly Method[] = [lowRank];
