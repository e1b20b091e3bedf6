import { GitBranch, Plus } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { addStage } from '../../experiment/edit';
import { isStageKind, stageDefinition, stageKinds } from '../../experiment/stages/registry';
import { edit, setInterface, useExperiment } from '../../state/experiment-store';
import { useUi } from '../../state/ui-store';
import { Button } from '../../ui/button';
import { Menu } from '../../ui/menu';
import './program-panel.css';

export interface ProgramPanelProps {
  /** Data, model and seed. */
  readonly rows: ReactNode;
  readonly stage: (index: number) => ReactNode;
}

/** The experiment as a program: what is trained on what, then the stages in order. */
export function ProgramPanel({ rows, stage }: ProgramPanelProps) {
  const { stages } = useExperiment((s) => s.experiment);
  return (
    <section className="program" aria-labelledby="program-heading">
      <div className="program-head">
        <h2 id="program-heading" className="eyebrow">
          Program
        </h2>
        <Button
          variant="quiet"
          small
          className="program-tree"
          tip="What was run from here, as a tree: go back, or branch"
          onPress={() => setInterface('runs', 'tree')}
        >
          <GitBranch size={13} aria-hidden />
          Tree
        </Button>
      </div>
      <div className="program-rows">{rows}</div>
      <ol className="program-stages" aria-label="Stages">
        {stages.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stage is its place in the program; equal stages may stand twice.
          <li key={index}>{stage(index)}</li>
        ))}
        <li>
          <AddStage />
        </li>
      </ol>
    </section>
  );
}

function AddStage() {
  const add = (kind: string) => {
    if (!isStageKind(kind)) return;
    const { experiment } = useExperiment.getState();
    const added = experiment.stages.length;
    edit(addStage(experiment, kind));
    useUi.getState().selectStage(added);
    useUi.getState().wishFocus(added, 'title');
  };
  const button = useRef<HTMLButtonElement>(null);
  const wanted = useUi((s) => s.focusWish !== null && s.focusWish.stage < 0);
  useEffect(() => {
    if (!wanted) return;
    button.current?.focus();
    useUi.getState().focusGranted();
  }, [wanted]);
  return (
    <Menu
      label="Stages to add"
      trigger={
        <Button className="add-stage" ref={button}>
          <Plus size={14} aria-hidden />
          Add a stage <span>{stageKinds.join(', ')}</span>
        </Button>
      }
      entries={stageKinds.map((kind) => ({ id: kind, label: stageDefinition(kind).label, description: stageDefinition(kind).help }))}
      onAction={add}
    />
  );
}
