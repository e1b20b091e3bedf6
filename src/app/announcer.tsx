import { useEffect, useState } from 'react';
import { isStageKind, stageDefinition } from '../experiment/stages/registry';
import { percent } from '../numerics/measures/number-words';
import { stageName, summarySentence } from '../panels/run-bar/run-sentence';
import { useExperiment } from '../state/experiment/experiment-store';
import type { RunState } from '../state/run/run-state';
import { useRun } from '../state/run/run-store';
import { useSweepSign } from '../state/ui/sweep-sign';

/** Validations come several times a second on a fast machine; a reader needs time for a sentence. */
const EVALUATION_PAUSE = 6000;

/** Says to readers what others see: starts and ends of stages, validations at a pace that can be followed, and the end of a sweep. */
export function Announcer() {
  const [sentence, setSentence] = useState('');
  useEffect(() => {
    let lastEvaluation = 0;
    return useRun.subscribe((now, before) => {
      const news = stageNews(now, before);
      if (news) setSentence(news);
      else if (now.evaluation && now.evaluation !== before.evaluation && Date.now() - lastEvaluation > EVALUATION_PAUSE) {
        lastEvaluation = Date.now();
        setSentence(`Step ${now.evaluation.step}: validation accuracy ${percent(now.evaluation.accuracy)}.`);
      }
    });
  }, []);
  useEffect(() => useSweepSign.subscribe(({ news }) => news && setSentence(news)), []);
  return (
    <div className="visually-hidden" aria-live="polite" role="status">
      {sentence}
    </div>
  );
}

function stageNews(now: RunState, before: RunState): string {
  const { stages } = useExperiment.getState().experiment;
  const label = (kind: string) => (isStageKind(kind) ? stageDefinition(kind).label : kind);
  if (now.record && !before.record) return `The run is done: test accuracy ${percent(now.record.testAccuracy)}.`;
  const ended = Object.values(now.summaries).find((summary) => before.summaries[summary.stage] !== summary);
  if (ended) return summarySentence(ended.stage, label(ended.kind), ended.testAccuracy, stages);
  if (now.current && now.current !== before.current) return `${stageName(now.current.stage, label(now.current.kind), stages)}, started.`;
  return '';
}
