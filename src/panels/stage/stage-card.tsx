import { type CSSProperties, lazy, Suspense, useRef } from 'react';
import { Disclosure, DisclosurePanel, Heading, Button as TriggerButton } from 'react-aria-components';
import { useShallow } from 'zustand/react/shallow';
import { setStageValue } from '../../experiment/program/edit';
import { isRepeat } from '../../experiment/program/tree';
import { stageDefinition, trains } from '../../experiment/stages/registry';
import { edit, useExperiment } from '../../state/experiment/experiment-store';
import { useRun } from '../../state/run/run-store';
import { useUi } from '../../state/ui/ui-store';
import { SettingForm } from '../settings-form';
import { useFocusWish } from './focus-wish';

import './stage-card.css';
import { stageStatus } from './stage-status';

// Many programs repeat nothing, and tools come with the first card that is opened.
const RepeatCard = lazy(async () => ({ default: (await import('./repeat-card')).RepeatCard }));
const StageTools = lazy(async () => ({ default: (await import('./stage-tools')).StageTools }));

/** One stage of the program, or the head of a repeat. */
export function StageCard({ index }: { readonly index: number }) {
  const repeats = useExperiment(({ experiment: { stages } }) => stages[index] !== undefined && isRepeat(stages[index]));
  if (!repeats) return <PlainCard index={index} />;
  return (
    <Suspense fallback={<div className="stage-card-head-to-come" />}>
      <RepeatCard index={index} />
    </Suspense>
  );
}

/** A sentence when folded, its form when open. */
function PlainCard({ index }: { readonly index: number }) {
  const experiment = useExperiment((s) => s.experiment);
  const stage = experiment.stages[index];
  const open = useUi((s) => s.selectedStage === index);
  const status = useRun(useShallow((run) => stageStatus(experiment.stages, index, run)));
  const card = useRef<HTMLDivElement>(null);
  useFocusWish(index, card);
  if (!stage) return null;
  const definition = stageDefinition(stage.kind);
  return (
    <Disclosure
      ref={card}
      className={`stage-card stage-card-${status.kind}`}
      isExpanded={open}
      onExpandedChange={(next) => useUi.getState().selectStage(next ? index : null)}
    >
      <Heading level={3}>
        <TriggerButton slot="trigger" className="stage-card-trigger" data-control="title">
          <span className={`stage-number stage-number-${status.kind}`} style={{ '--share': status.share } as CSSProperties}>
            {index + 1}
          </span>
          <span className="stage-card-title">{definition.label}</span>
          <span className="stage-card-status tabular">
            {status.text} {status.accuracy ? <strong>{status.accuracy}</strong> : null}
          </span>
          {open ? null : <span className="stage-card-sentence">{definition.sentence(stage)}</span>}
        </TriggerButton>
      </Heading>
      <DisclosurePanel>
        {open ? (
          <div className="stage-card-body">
            <SettingForm
              table={definition.settings}
              values={stage}
              training={experiment.stages.slice(index + 1).filter((next) => next.on && trains(next))}
              onChange={(key, value, continuous) =>
                edit(setStageValue(experiment, index, key, value), continuous ? `stages.${index}.${key}` : '')
              }
            />
            <Suspense>
              <StageTools index={index} done={status.kind === 'done'} />
            </Suspense>
          </div>
        ) : null}
      </DisclosurePanel>
    </Disclosure>
  );
}
