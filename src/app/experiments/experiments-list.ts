import { presetGroups } from '../../experiment/program/preset-groups';
import { type Preset, presetById } from '../../experiment/program/presets';
import { unroll } from '../../experiment/program/unroll';
import { trainingSteps } from '../../experiment/stages/registry';
import type { Experiment } from '../../experiment/types/experiment';
import type { MenuGroup } from '../../ui/menu-entry';
import { type Timings, timeWords, timingsNow } from './time-here';

/** The ready-made experiments as the menu shows them: in groups, each with what it shows and how long its training takes. */
export function experimentGroups(timings = timingsNow()): readonly MenuGroup[] {
  const measured = timings.where === '' ? '' : `Training times: estimates from what was measured ${timings.where}.`;
  return presetGroups.map(({ name, note = '', url, presets }, i) => ({
    name,
    note: i === 0 ? measured : note,
    entries: [
      ...presets.map((preset) => entryOf(preset, timings)),
      ...(url ? [{ id: url, label: 'Text and code of the thesis ↗', href: url }] : []),
    ],
  }));
}

function entryOf({ id, label, help, experiment }: Preset, timings: Timings) {
  const steps = unroll(experiment.stages).reduce((sum, { stage }) => sum + trainingSteps(stage), 0);
  return { id, label, description: `${help} Training: ${timeWords(experiment, timings, steps)}.` };
}

export function experimentOf(id: string): Experiment | undefined {
  return presetById(id)?.experiment;
}
