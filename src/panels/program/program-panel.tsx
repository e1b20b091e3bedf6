import { GitBranch, Plus } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { addStage } from '../../experiment/program/edit';
import { type ProgramNode, programTree, roundsOf } from '../../experiment/program/tree';
import { isStageKind, stageDefinitions, stageKinds } from '../../experiment/stages/registry';
import type { Stage } from '../../experiment/types/experiment';
import { edit, showDialog, useExperiment } from '../../state/experiment/experiment-store';
import { useUi } from '../../state/ui/ui-store';
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
          tip="All runs from here as a tree: go back, or branch"
          onPress={() => showDialog('runs', 'tree')}
        >
          <GitBranch size={13} aria-hidden />
          Tree
        </Button>
      </div>
      <div className="program-rows">{rows}</div>
      <ol className="program-stages" aria-label="Stages">
        <Nodes nodes={programTree(stages)} stage={stage} />
        <li>
          <AddStage />
        </li>
      </ol>
    </section>
  );
}

interface NodesProps extends Pick<ProgramPanelProps, 'stage'> {
  readonly nodes: readonly ProgramNode[];
}

/** Stages side by side: each a card, and a repeat a head with a bracket around what it encloses. */
function Nodes({ nodes, stage }: NodesProps) {
  return nodes.map((node) => (
    // A stage is its position in the program; equal stages may occur twice.
    <li key={node.index} className={node.children.length > 0 ? 'program-repeat' : undefined}>
      {node.children.length > 0 ? (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
        <div role="group" aria-label={repeatName(node.stage)}>
          {stage(node.index)}
          <ol className="program-stages">
            <Nodes nodes={node.children} stage={stage} />
          </ol>
        </div>
      ) : (
        stage(node.index)
      )}
    </li>
  ));
}

/** "Repeated 3 times". */
function repeatName(stage: Stage): string {
  if (!stage.on) return 'Repeat is off';
  const rounds = roundsOf(stage);
  return rounds === 1 ? 'Repeated once' : `Repeated ${rounds} times`;
}

function AddStage() {
  const empty = useExperiment((s) => s.experiment.stages.length === 0);
  const add = (kind: string) => {
    if (!isStageKind(kind)) return;
    const { experiment } = useExperiment.getState();
    const next = addStage(experiment, kind);
    if (next === experiment) return;
    // A repeat comes before the stages that it encloses.
    const added = next.stages.findIndex((stage) => !experiment.stages.includes(stage));
    edit(next);
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
      entries={stageDefinitions.map(({ kind, label, help, repeats }) => ({
        id: kind,
        label,
        description: help,
        // There is nothing yet that it could enclose.
        disabled: repeats !== undefined && empty,
      }))}
      onAction={add}
    />
  );
}
