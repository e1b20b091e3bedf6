import { ChevronDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { defaultExperiment } from '../experiment/program/defaults';
import type { Preset } from '../experiment/program/presets';
import { edit } from '../state/experiment/experiment-store';
import { useUi } from '../state/ui/ui-store';
import { Button } from '../ui/button';
import { Menu, type MenuEntry } from '../ui/menu';

const failed: readonly MenuEntry[] = [{ id: '', label: 'The experiments could not be loaded; reload the page.', disabled: true }];

const first: MenuEntry = {
  id: 'first-minute',
  label: 'The first minute',
  description: 'Three tries that show what fewer bits do to a network: 4 bits, 2 bits, and training on.',
};

/** The ready-made experiments. They are fetched after the first paint, which does not need them. */
export function ExperimentsMenu() {
  const [presets, setPresets] = useState<readonly Preset[] | null>([]);
  useEffect(() => {
    import('../experiment/program/presets').then(
      (module) => setPresets(module.presets),
      () => setPresets(null),
    );
  }, []);
  const open = (id: string) => {
    if (id === first.id) {
      edit(defaultExperiment());
      void import('../state/ui/first-minute').then(({ dismissFirstMinute }) => dismissFirstMinute(false));
      return;
    }
    const preset = presets?.find((one) => one.id === id);
    if (!preset) return;
    edit(preset.experiment);
    useUi.getState().selectStage(null);
  };
  return (
    <Menu
      label="Experiments"
      placement="bottom end"
      trigger={
        <Button variant="quiet">
          Experiments
          <ChevronDown size={13} aria-hidden className="header-chevron" />
        </Button>
      }
      entries={presets ? [first, ...presets.map(({ id, label, help }) => ({ id, label, description: help }))] : failed}
      onAction={open}
    />
  );
}
