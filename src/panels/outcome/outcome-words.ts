import { judge, type Passport } from '../../experiment/link/passport';
import type { RunRecord } from '../../experiment/types/events';
import { count, fixed, percent } from '../../numerics/measures/number-words';
import { backendLabel } from '../labels';

export interface OutcomeWords {
  readonly tone: 'plain' | 'good' | 'warning' | 'danger';
  /** The verdict in a word or two; '' before there is one. */
  readonly title: string;
  readonly sentence: string;
}

/**
 * Whether a run is what its link promised.
 * @param passport null if it cannot be read
 * @param record null before the run is done
 * @param images test images
 */
export function outcomeWords(passport: Passport | null, record: RunRecord | null, images: number): OutcomeWords {
  if (!passport)
    return { tone: 'warning', title: '', sentence: 'This link contains a result that cannot be read: its passport is damaged.' };
  const there = `${percent(passport.accuracy, 2)} in the link, on ${backendLabel(passport.backend)}`;
  if (!record || images < 1) {
    return {
      tone: 'plain',
      title: '',
      sentence: `This link contains a result: ${percent(passport.accuracy, 2)} on ${backendLabel(passport.backend)}. Run it to check that it reproduces.`,
    };
  }
  if (record.recorded) {
    const sentence = 'The first stage is a recorded example. Run it yourself to check that the result of the link reproduces.';
    return { tone: 'plain', title: '', sentence };
  }
  const { verdict, found, promised, tolerance, otherArithmetic } = judge(passport, record, images);
  const both = `${percent(found, 2)} here, on ${backendLabel(record.backend.name)}; ${there}`;
  const apart = `${fixed(100 * Math.abs(found - promised), 2)} points apart`;
  const stated = `the tolerance of ${fixed(100 * tolerance, 2)} points, three standard errors on ${count(images)} test images`;
  if (verdict === 'reproduced') {
    return { tone: 'good', title: 'Reproduced.', sentence: `${both}. Model file and predictions are the same, bit for bit.` };
  }
  if (verdict === 'within') {
    return {
      tone: 'good',
      title: 'Within tolerance.',
      sentence: `${both}: ${apart}, within ${stated}. Another device rounds differently.`,
    };
  }
  const why = otherArithmetic
    ? `${apart}, more than ${stated}.`
    : `${apart}, and the model file or the predictions differ, although this backend should give the same bits. A different version of this page can be the reason.`;
  return { tone: 'danger', title: 'Differs.', sentence: `${both}: ${why}` };
}
