import { defaultExperiment } from '../../experiment/program/defaults';
import { addStage, setStageValue } from '../../experiment/program/edit';
import { isSameRun, sharedStages } from '../../experiment/program/prefix';
import { compresses } from '../../experiment/stages/registry';
import type { RunRecord } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import { fixed, percent } from '../../numerics/measures/number-words';
import type { TryResult } from '../../state/ui/first-minute';

/** Steps that bring most of the accuracy back at 2 bits: some seconds on any machine. */
const MORE_STEPS = 500;

export interface Try {
  readonly label: string;
  readonly experiment: Experiment;
}

const four = defaultExperiment();
const two = setStageValue(four, 1, 'bits', 2);
const further = setStageValue(addStage(two, 'train'), 2, 'steps', MORE_STEPS);

/** What a newcomer can do, in this order: each is an experiment, one edit from the one before. */
export const tries: readonly Try[] = [
  { label: 'Store it in 4 bits', experiment: four },
  { label: 'In 2 bits', experiment: two },
  { label: 'Train on through the rounding', experiment: further },
];

/** Which try this experiment is; −1 for none. */
export function tryOf(experiment: Experiment): number {
  return tries.findIndex((one) => isSameRun(one.experiment, experiment));
}

/** Whether the tries are edits of what is on the screen: the default program, with other bits perhaps or trained on. */
export function isFirstProgram(experiment: Experiment): boolean {
  const { stages } = experiment;
  return sharedStages(four, experiment) > 0 && stages[1] !== undefined && compresses(stages[1]) && stages.length <= 3;
}

export function resultOf({ testAccuracy, ledger }: Pick<RunRecord, 'testAccuracy' | 'ledger'>, recorded = false): TryResult {
  return { accuracy: testAccuracy, smaller: ledger.denseBits / ledger.totalBits, ...(recorded && { recorded }) };
}

/** "96.6 %, 7.8× smaller". */
export function resultWords({ accuracy, smaller, recorded }: TryResult): string {
  return `${percent(accuracy)}, ${fixed(smaller, 1)}× smaller${recorded ? ' (recorded)' : ''}`;
}
