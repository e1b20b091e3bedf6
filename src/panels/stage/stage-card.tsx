import { ArrowDown, ArrowUp, Copy, GitBranch, GitCompareArrows, Trash2 } from 'lucide-react';
import { type CSSProperties, lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react';
import { Disclosure, DisclosurePanel, Heading, Button as TriggerButton } from 'react-aria-components';
import { useShallow } from 'zustand/react/shallow';
import { cutBehind, duplicateStage, moveStage, removeStage, setStageValue, toggleStage } from '../../experiment/edit';
import { stageDefinition, trains } from '../../experiment/stages/registry';
import type { Experiment } from '../../experiment/types';
import { edit, useExperiment } from '../../state/experiment-store';
import { useRun } from '../../state/run-store';
import { type StageControl, useUi } from '../../state/ui-store';
import { Button } from '../../ui/button';
import { Switch } from '../../ui/switch';
import { ParameterForm } from '../parameter-form';
import './stage-card.css';
import { stageStatus } from './stage-status';

const CompareDialog = lazy(async () => ({ default: (await import('./compare-dialog')).CompareDialog }));

/** One stage of the program: a sentence when folded, its form when open. */
export function StageCard({ index }: { readonly index: number }) {
  const experiment = useExperiment((s) => s.experiment);
  const stage = experiment.stages[index];
  const open = useUi((s) => s.selectedStage === index);
  const status = useRun(useShallow((run) => (stage ? stageStatus(stage, index, run) : null)));
  const card = useRef<HTMLDivElement>(null);
  useFocusWish(index, card);
  if (!stage || !status) return null;
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
            <ParameterForm
              table={definition.parameters}
              values={stage}
              training={experiment.stages.slice(index + 1).filter((next) => next.on && trains(next))}
              onChange={(key, value, continuous) =>
                edit(setStageValue(experiment, index, key, value), continuous ? `stages.${index}.${key}` : '')
              }
            />
            <StageTools index={index} done={status.kind === 'done'} />
          </div>
        ) : null}
      </DisclosurePanel>
    </Disclosure>
  );
}

/** Moves the focus into the card when that was asked for: a stage takes the focus along where it goes. */
function useFocusWish(index: number, card: RefObject<HTMLDivElement | null>): void {
  const control = useUi((s) => (s.focusWish?.stage === index ? s.focusWish.control : null));
  useEffect(() => {
    if (control === null) return;
    card.current?.querySelector<HTMLElement>(`[data-control="${control}"]`)?.focus();
    useUi.getState().focusGranted();
  }, [control, card]);
}

/** Move, copy, branch, switch off, remove. Back undoes each of them. */
function StageTools({ index, done }: { readonly index: number; readonly done: boolean }) {
  const experiment = useExperiment((s) => s.experiment);
  const { selectStage, wishFocus } = useUi.getState();
  const [comparing, setComparing] = useState(false);
  const count = experiment.stages.length;
  const on = experiment.stages[index]?.on ?? true;
  const change = (next: Experiment, open: number | null, focus: number, control: StageControl) => {
    edit(next);
    selectStage(open);
    wishFocus(focus, control);
  };
  const tools = [
    {
      control: 'up',
      label: 'Move up',
      tip: 'Move up',
      icon: ArrowUp,
      inactive: index === 0,
      act: () => change(moveStage(experiment, index, index - 1), index - 1, index - 1, 'up'),
    },
    {
      control: 'down',
      label: 'Move down',
      tip: 'Move down',
      icon: ArrowDown,
      inactive: index === count - 1,
      act: () => change(moveStage(experiment, index, index + 1), index + 1, index + 1, 'down'),
    },
    {
      control: 'duplicate',
      label: 'Duplicate',
      tip: 'Duplicate',
      icon: Copy,
      inactive: false,
      act: () => change(duplicateStage(experiment, index), index + 1, index + 1, 'title'),
    },
    {
      control: 'branch',
      label: 'Branch from here',
      tip: 'Branch from here: the stages behind it go. Back brings them again, and so does the tree once they have run.',
      icon: GitBranch,
      inactive: !done || index === count - 1,
      act: () => edit(cutBehind(experiment, index)),
    },
    {
      control: 'remove',
      label: 'Remove',
      tip: 'Remove. Back brings it again.',
      icon: Trash2,
      inactive: false,
      // The stage that takes its place has the focus; the last one where none does.
      act: () => change(removeStage(experiment, index), null, Math.min(index, count - 2), 'title'),
    },
  ] as const;
  return (
    <div className="stage-card-tools">
      {tools.map(({ control, label, tip, icon: Icon, inactive, act }) => (
        <Button key={control} variant="quiet" icon small label={label} tip={tip} inactive={inactive} onPress={act} data-control={control}>
          <Icon size={14} aria-hidden />
        </Button>
      ))}
      <Button
        variant="quiet"
        icon
        small
        label="Compare with…"
        tip="Run it beside the same program with one value changed"
        inactive={!on}
        onPress={() => setComparing(true)}
      >
        <GitCompareArrows size={14} aria-hidden />
      </Button>
      {comparing ? (
        <Suspense>
          <CompareDialog index={index} onClose={() => setComparing(false)} />
        </Suspense>
      ) : null}
      <span className="spring" />
      <Switch on={on} onChange={() => edit(toggleStage(experiment, index))}>
        {on ? 'On' : 'Off'}
      </Switch>
    </div>
  );
}
