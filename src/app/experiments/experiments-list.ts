import { defaultExperiment } from '../../experiment/program/defaults';
import type { Preset } from '../../experiment/program/preset';
import { presetGroups } from '../../experiment/program/preset-groups';
import { presetById } from '../../experiment/program/presets';
import { unroll } from '../../experiment/program/unroll';
import { trainingSteps } from '../../experiment/stages/registry';
import type { Experiment } from '../../experiment/types/experiment';
import { dismissFirstMinute } from '../../state/ui/first-minute';
import type { MenuGroup } from '../../ui/menu-entry';
import { type Timings, timeWords, timingsNow } from './time-here';

/** The ready-made experiments as the menu shows them: in groups, each with what it shows and how long its training takes. */
export function experimentGroups(timings = timingsNow()): readonly MenuGroup[] {
  const measured = timings.where === '' ? '' : `Training times: estimates from what was measured ${timings.where}.`;
  return presetGroups.map(({ name, note = '', url, presets }, i) => ({
    name,
    note: i === 0 ? measured : note,
    entries: [
      ...(i === 0 ? [first] : []),
      ...presets.map((preset) => entryOf(preset, timings)),
      ...(url ? [{ id: url, label: 'Text and code of the thesis ↗', href: url }] : []),
    ],
  }));
}

const first = {
  id: 'first-minute',
  label: 'The first minute',
  description: 'Three tries that show what fewer bits do to a network: 4 bits, 2 bits, and training on.',
};

function entryOf({ id, label, help, experiment }: Preset, timings: Timings) {
  const steps = unroll(experiment.stages).reduce((sum, { stage }) => sum + trainingSteps(stage), 0);
  return { id, label, description: `${help} Training: ${timeWords(experiment, timings, steps)}.` };
}

/** The experiment of an entry that was chosen. The first one brings the introduction back too. */
export function experimentOf(id: string): Experiment | undefined {
  if (id === first.id) {
    dismissFirstMinute(false);
    return defaultExperiment();
  }
  return presetById(id)?.experiment;
}
