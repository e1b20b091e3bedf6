import type { StageSummary } from '../../experiment/types/events';
import { bytesShort, circled, count, plural, significant } from '../../numerics/measures/number-words';

/** What a stage has made of operations, time and file; each with its ratio to the first stage that was measured. */
export interface SpeedRow {
  readonly stage: number;
  readonly name: string;
  readonly macs: string;
  readonly time: string;
  readonly file: string;
}

/** A row for each finished stage in which something was measured. */
export function speedRows(summaries: readonly StageSummary[]): readonly SpeedRow[] {
  const first = summaries.find(({ macs }) => macs !== undefined);
  if (!first) return [];
  return summaries.map(({ stage, kind, macs, inferenceMs, totalBits }) => ({
    stage,
    name: `${circled(stage + 1)} ${kind}`,
    macs: macs === undefined ? '–' : `${count(macs)}${ratio(macs, first.macs)}`,
    time: inferenceMs === undefined ? '–' : `${significant(inferenceMs)} ms`,
    file: `${bytesShort(totalBits / 8)}${ratio(totalBits, first.totalBits)}`,
  }));
}

/** What a stage removed: "fc1 from 300 to 90 units, fc2 from 100 to 30 units"; and how far the outputs are from the masked network's. */
export function removalWords({ stage, removed }: StageSummary): string {
  if (!removed) return '';
  const layers = Object.entries(removed.layers).map(([layer, { kept, of }]) => `${layer} from ${count(of)} to ${plural(kept, 'unit')}`);
  return `Stage ${stage + 1} made layers smaller: ${layers.join(', ')}. An output of the smaller network differs from that of the masked one by at most ${significant(removed.difference)}; the largest output is ${significant(removed.largest)}.`;
}

function ratio(value: number, first: number | undefined): string {
  return first === undefined || value === first || value === 0 ? '' : ` (÷ ${significant(first / value, 2)})`;
}
