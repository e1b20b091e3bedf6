import { ChevronDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Preset } from '../experiment/program/presets';
import { edit } from '../state/experiment/experiment-store';
import { useUi } from '../state/ui/ui-store';
import { Button } from '../ui/button';
import { Menu, type MenuEntry } from '../ui/menu';

const failed: readonly MenuEntry[] = [{ id: '', label: 'The experiments could not be loaded; reload the page.', disabled: true }];

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
      entries={presets?.map(({ id, label, help }) => ({ id, label, description: help })) ?? failed}
      onAction={open}
    />
  );
}
