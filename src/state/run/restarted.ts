/** Remembers that an edit made the run start a stage again, so that it can be said and undone. */
import { create } from 'zustand';
import { isSameRun, sharedStages } from '../../experiment/program/prefix';
import { sameBlock, sameValue } from '../../experiment/settings/block';
import { activeSettings } from '../../experiment/settings/setting';
import { inSentence } from '../../experiment/settings/wording';
import { stageDefinition } from '../../experiment/stages/registry';
import type { Experiment } from '../../experiment/types/experiment';
import { edit, useExperiment } from '../experiment/experiment-store';
import type { RunState } from './run-state';
import { useRun } from './run-store';

export interface Restarted {
  /** What ran before the first edit of the burst. */
  readonly before: Experiment;
  /** The stage in the program, counted from 0. */
  readonly stage: number;
  /** The setting that changed. */
  readonly key: string;
  readonly message: string;
}

export const useRestarted = create<{ readonly shown: Restarted | null }>()(() => ({ shown: null }));

/** Hears of every edit. Returns the function that ends it. */
export function watchEdits(): () => void {
  return useExperiment.subscribe(({ experiment }, { experiment: before }) => {
    if (experiment !== before) hearEdit(before, experiment, useRun.getState());
  });
}

/** Takes an edit. Successive edits of one value are one: the experiment before the first of them is what returns. */
export function hearEdit(before: Experiment, after: Experiment, run: Pick<RunState, 'status' | 'current' | 'progress'>): void {
  const { shown } = useRestarted.getState();
  useRestarted.setState({ shown: afterEdit(shown, before, after, run) });
}

/** Returns to the experiment before the burst of edits. */
export function undoRestart(): void {
  const { shown } = useRestarted.getState();
  if (shown) edit(shown.before);
}

export function dismissRestarted(): void {
  useRestarted.setState({ shown: null });
}

function afterEdit(shown: Restarted | null, before: Experiment, after: Experiment, run: Parameters<typeof hearEdit>[2]): Restarted | null {
  if (isSameRun(before, after)) return shown;
  if (shown && isSameRun(shown.before, after)) return null;
  const change = singleChange(before, after);
  if (shown && change?.stage === shown.stage && change.key === shown.key) return shown;
  // Without a step behind it nothing was lost.
  if (!change || run.status !== 'running' || !run.current || !run.progress?.step) return null;
  if (sharedStages(before, after) > run.current.stage) return null;
  return { before, ...change, message: `Stage ${change.stage + 1} restarted: the ${change.name} changed.` };
}

/** The one setting of one stage in which two programs differ, with what it brings along; null if they differ in more. */
function singleChange(a: Experiment, b: Experiment): { readonly stage: number; readonly key: string; readonly name: string } | null {
  if (a.seed !== b.seed || !sameBlock(a.data, b.data) || !sameBlock(a.model, b.model) || a.stages.length !== b.stages.length) return null;
  const different = a.stages.flatMap((was, i) => (sameBlock(was, b.stages[i] ?? was) ? [] : [i]));
  const stage = different[0] ?? -1;
  const [was, is] = [a.stages[stage], b.stages[stage]];
  if (different.length !== 1 || !was?.on || !is?.on || was.kind !== is.kind) return null;
  // A method comes before the settings that it brings.
  const setting = activeSettings(stageDefinition(is.kind).settings, is).find(({ key }) => !sameValue(was[key], is[key]));
  return setting ? { stage, key: setting.key, name: inSentence(setting.label) } : null;
}
