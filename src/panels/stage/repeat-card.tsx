import { Repeat } from 'lucide-react';
import { type CSSProperties, useRef } from 'react';
import { Disclosure, DisclosurePanel, Heading, Button as TriggerButton } from 'react-aria-components';
import { useShallow } from 'zustand/react/shallow';
import { leaveLastOut, setStageValue, takeInNext } from '../../experiment/program/edit';
import { canLeaveOut, canTakeIn } from '../../experiment/program/reshape';
import { roundsOf } from '../../experiment/program/tree';
import { stageDefinition } from '../../experiment/stages/registry';
import type { Experiment } from '../../experiment/types/experiment';
import { edit, useExperiment } from '../../state/experiment/experiment-store';
import { useRun } from '../../state/run/run-store';
import { useUi } from '../../state/ui/ui-store';
import { Button } from '../../ui/button';
import { NumberField } from '../../ui/number-field';
import { useFocusWish } from './focus-wish';

import './repeat-card.css';
import { stageStatus } from './stage-status';
import { StageTools } from './stage-tools';

/** The head of a repeat: how many rounds, in sight; which stages are in it and the tools, when it is open. */
export function RepeatCard({ index }: { readonly index: number }) {
  const experiment = useExperiment((s) => s.experiment);
  const { stages } = experiment;
  const stage = stages[index];
  const open = useUi((s) => s.selectedStage === index);
  const status = useRun(useShallow((run) => stageStatus(stages, index, run)));
  const card = useRef<HTMLDivElement>(null);
  useFocusWish(index, card);
  if (!stage) return null;
  const { label, help, settings } = stageDefinition(stage.kind);
  const rounds = settings.find((setting) => setting.key === 'rounds');
  if (rounds?.type !== 'number') return null;
  const { min, max, step } = rounds;
  const held = roundsOf({ ...stage, on: true });
  return (
    <Disclosure
      ref={card}
      className={`repeat-card repeat-card-${status.kind}`}
      isExpanded={open}
      onExpandedChange={(next) => useUi.getState().selectStage(next ? index : null)}
    >
      <div className="repeat-card-head">
        <Heading level={3} className="repeat-card-heading">
          <TriggerButton slot="trigger" className="repeat-card-trigger" data-control="title">
            <span className={`stage-number stage-number-${status.kind}`} style={{ '--share': status.share } as CSSProperties}>
              {index + 1}
            </span>
            <span className="stage-card-title">
              <Repeat size={13} aria-hidden />
              {label}
            </span>
            <span className="stage-card-status tabular">{status.text}</span>
          </TriggerButton>
        </Heading>
        <NumberField
          label="Rounds"
          value={held}
          {...{ min, max, step }}
          integer
          unit={held === 1 ? 'round' : 'rounds'}
          onChange={(value) => edit(setStageValue(experiment, index, 'rounds', value))}
        />
      </div>
      <DisclosurePanel>
        {open ? (
          <div className="stage-card-body">
            <p className="repeat-card-help">{help}</p>
            <Edges experiment={experiment} index={index} />
            <StageTools index={index} done={status.kind === 'done'} />
          </div>
        ) : null}
      </DisclosurePanel>
    </Disclosure>
  );
}

/** Moves the end of the repeat over the stage after it, or before its last one. */
function Edges({ experiment, index }: { readonly experiment: Experiment; readonly index: number }) {
  const { stages } = experiment;
  return (
    <div className="button-row">
      <Button small inactive={!canTakeIn(stages, index)} onPress={() => edit(takeInNext(experiment, index))}>
        Include the next stage
      </Button>
      <Button small inactive={!canLeaveOut(stages, index)} onPress={() => edit(leaveLastOut(experiment, index))}>
        Move the last stage out
      </Button>
    </div>
  );
}
