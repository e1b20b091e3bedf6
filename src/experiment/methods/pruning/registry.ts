import type { Method } from '../../settings/setting';
import { magnitude } from './magnitude';
import { obd } from './obd';
import { obs } from './obs';
import { random } from './random';
import { snip } from './snip';
import { taylor } from './taylor';

/** Every pruning criterion, in the order of the menu. */
export const pruningCriteria: readonly Method[] = [magnitude, random, taylor, obd, obs, snip];
