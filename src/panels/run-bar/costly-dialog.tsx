import { isLarge, isLong, type RunCost } from '../../experiment/program/run-cost';
import { bytesShort, duration } from '../../numerics/measures/number-words';
import { answerCostly, useCostly } from '../../state/run/costly';
import { useRun } from '../../state/run/run-store';
import { Button } from '../../ui/button';
import { Modal } from '../../ui/modal';
import { backendLabel } from '../labels';

/** Asks before a run that takes hours, or more memory than a page should. */
export function CostlyDialog() {
  const asking = useCostly((s) => s.asking);
  const backend = useRun((s) => s.backend);
  if (!asking || !backend) return null;
  return (
    <Modal title="This run is large" open onClose={() => answerCostly(false)}>
      {costSentences(asking.cost, backendLabel(backend.name)).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p>Fewer steps, a smaller batch or a smaller model take less. The run can be paused between two steps.</p>
      <div className="button-row">
        <Button onPress={() => answerCostly(false)}>Cancel</Button>
        <Button variant="primary" onPress={() => answerCostly(true)}>
          Run anyway
        </Button>
      </div>
    </Modal>
  );
}

/** @param backend its name for people */
export function costSentences(cost: RunCost, backend: string): readonly string[] {
  return [
    ...(isLong(cost) ? [`It would take about ${duration(cost.seconds)} on ${backend}, by a rough estimate.`] : []),
    ...(isLarge(cost) ? [`It would need about ${bytesShort(cost.bytes)} of memory. The browser may stop it.`] : []),
    ...(cost.stepSeconds > 5 ? [`One step takes about ${duration(cost.stepSeconds)}; nothing on the page changes meanwhile.`] : []),
  ];
}
