import type { Method } from '../parameter';
import { constant } from './constant';
import { cosine } from './cosine';
import { exponential } from './exponential';
import { step } from './step';

/** Every learning-rate schedule, in the order of the menu. */
export const schedules: readonly Method[] = [constant, step, cosine, exponential];
