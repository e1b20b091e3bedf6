import { ArrowDown, ArrowUp, Copy, GitBranch, GitCompareArrows, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { cutBehind, duplicateStage, leaveLastOut, moveStage, removeStage, toggleStage } from '../../experiment/program/edit';
import { canLeaveOut } from '../../experiment/program/reshape';
import { isRepeat, repeatsAround, stageEnds } from '../../experiment/program/tree';
import type { Experiment } from '../../experiment/types/experiment';
import { edit, useExperiment } from '../../state/experiment/experiment-store';
import { type StageControl, useUi } from '../../state/ui/ui-store';
import { Button } from '../../ui/button';
import { Switch } from '../../ui/switch';

const CompareDialog = lazy(async () => ({ default: (await import('./compare-dialog')).CompareDialog }));

/** Makes an edit after which another card is open and a control of it has the focus. */
function change(next: Experiment, open: number | null, focus: number, control: StageControl): void {
  const { selectStage, wishFocus } = useUi.getState();
  edit(next);
  selectStage(open);
  wishFocus(focus, control);
}

/** Move, copy, branch, switch off, remove: a stage, or a repeat with all that it encloses. Back undoes each of them. */
export function StageTools({ index, done }: { readonly index: number; readonly done: boolean }) {
  const experiment = useExperiment((s) => s.experiment);
  const [comparing, setComparing] = useState(false);
  const { stages } = experiment;
  const stage = stages[index];
  if (!stage) return null;
  const repeats = isRepeat(stage);
  const count = stages.length;
  const end = stageEnds(stages)[index] ?? index + 1;
  const below = moved(experiment, index);
  const move = (next: Experiment, control: StageControl) => {
    // A repeat in which it was alone is gone: the position is looked up.
    const found = next.stages.indexOf(stage);
    const at = found < 0 ? index : found;
    change(next, at, at, control);
  };
  const tools = [
    {
      control: 'up',
      label: 'Move up',
      tip: 'Move up',
      icon: ArrowUp,
      inactive: index === 0,
      act: () => move(moveStage(experiment, index, index - 1), 'up'),
    },
    {
      control: 'down',
      label: 'Move down',
      tip: 'Move down',
      icon: ArrowDown,
      inactive: below === experiment,
      act: () => move(below, 'down'),
    },
    {
      control: 'duplicate',
      label: 'Duplicate',
      tip: repeats ? 'Duplicate, with its stages' : 'Duplicate',
      icon: Copy,
      inactive: false,
      act: () => {
        const next = duplicateStage(experiment, index);
        const at = next === experiment ? index : end;
        change(next, at, at, 'title');
      },
    },
    {
      control: 'branch',
      label: 'Branch from here',
      tip: 'Branch from here: removes the stages after this one. Undo with Back; finished stages are also in the tree.',
      icon: GitBranch,
      inactive: !done || end === count,
      act: () => edit(cutBehind(experiment, index)),
    },
    {
      control: 'remove',
      label: 'Remove',
      tip: repeats ? 'Remove the repeat; its stages stay and run once. Undo with Back.' : 'Remove. Undo with Back.',
      icon: Trash2,
      inactive: false,
      // The stage that takes its place has the focus; the last one where none does.
      act: () => {
        const next = removeStage(experiment, index);
        change(next, null, Math.min(index, next.stages.length - 1), 'title');
      },
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
        tip="Run it side by side with one value changed"
        inactive={!stage.on}
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
      <Switch on={stage.on} onChange={() => edit(toggleStage(experiment, index))}>
        {stage.on ? 'On' : 'Off'}
      </Switch>
    </div>
  );
}

/** The program with a stage one place further down: at the end of the program out of the repeat around it. */
function moved(experiment: Experiment, index: number): Experiment {
  const { stages } = experiment;
  if (stageEnds(stages)[index] !== stages.length) return moveStage(experiment, index, index + 1);
  const around = repeatsAround(stages, index).at(-1);
  return around !== undefined && canLeaveOut(stages, around) ? leaveLastOut(experiment, around) : experiment;
}
