import { ArrowDown, ArrowUp, Copy, Trash2 } from 'lucide-react';
import type { CSSProperties } from 'react';
import { Disclosure, DisclosurePanel, Heading, Button as TriggerButton } from 'react-aria-components';
import { useShallow } from 'zustand/react/shallow';
import { duplicateStage, moveStage, removeStage, setStageValue, toggleStage } from '../../experiment/edit';
import { stageDefinitions } from '../../experiment/stages/registry';
import { edit, useExperiment } from '../../state/experiment-store';
import { useRun } from '../../state/run-store';
import { useUi } from '../../state/ui-store';
import { Button } from '../../ui/button';
import { Switch } from '../../ui/switch';
import { ParameterForm } from '../parameter-form';
import './stage-card.css';
import { stageStatus } from './stage-status';

/** One stage of the program: a sentence when folded, its form when open. */
export function StageCard({ index }: { readonly index: number }) {
  const experiment = useExperiment((s) => s.experiment);
  const stage = experiment.stages[index];
  const open = useUi((s) => s.selectedStage === index);
  const status = useRun(useShallow((run) => (stage ? stageStatus(stage, index, run) : null)));
  if (!stage || !status) return null;
  const definition = stageDefinitions[stage.kind];
  return (
    <Disclosure
      className={`stage-card stage-card-${status.kind}`}
      isExpanded={open}
      onExpandedChange={(next) => useUi.getState().selectStage(next ? index : null)}
    >
      <Heading level={3}>
        <TriggerButton slot="trigger" className="stage-card-trigger">
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
        <div className="stage-card-body">
          <ParameterForm
            table={definition.parameters}
            values={stage}
            onChange={(key, value, continuous) =>
              edit(setStageValue(experiment, index, key, value), continuous ? `stages.${index}.${key}` : '')
            }
          />
          <StageTools index={index} />
        </div>
      </DisclosurePanel>
    </Disclosure>
  );
}

/** Move, copy, switch off, remove. Back undoes each of them. */
function StageTools({ index }: { readonly index: number }) {
  const experiment = useExperiment((s) => s.experiment);
  const { selectStage } = useUi.getState();
  const count = experiment.stages.length;
  const on = experiment.stages[index]?.on ?? true;
  const move = (to: number) => {
    edit(moveStage(experiment, index, to));
    selectStage(to);
  };
  return (
    <div className="stage-card-tools">
      <Button variant="quiet" icon small label="Move up" tip="Move up" isDisabled={index === 0} onPress={() => move(index - 1)}>
        <ArrowUp size={14} aria-hidden />
      </Button>
      <Button variant="quiet" icon small label="Move down" tip="Move down" isDisabled={index === count - 1} onPress={() => move(index + 1)}>
        <ArrowDown size={14} aria-hidden />
      </Button>
      <Button
        variant="quiet"
        icon
        small
        label="Duplicate"
        tip="Duplicate"
        onPress={() => {
          edit(duplicateStage(experiment, index));
          selectStage(index + 1);
        }}
      >
        <Copy size={13} aria-hidden />
      </Button>
      <Button
        variant="quiet"
        icon
        small
        label="Remove"
        tip="Remove. Back brings it again."
        onPress={() => {
          edit(removeStage(experiment, index));
          selectStage(null);
        }}
      >
        <Trash2 size={13} aria-hidden />
      </Button>
      <span className="spring" />
      <Switch on={on} onChange={() => edit(toggleStage(experiment, index))}>
        {on ? 'On' : 'Off'}
      </Switch>
    </div>
  );
}
