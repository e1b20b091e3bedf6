import { ChevronDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { edit } from '../../state/experiment/experiment-store';
import { useUi } from '../../state/ui/ui-store';
import { Button } from '../../ui/button';
import { Menu } from '../../ui/menu';
import type { MenuEntry, MenuGroup } from '../../ui/menu-entry';

type Loaded = typeof import('./experiments-list');

const failed: readonly MenuEntry[] = [{ id: '', label: 'The experiments could not be loaded; reload the page.', disabled: true }];

/** The ready-made experiments. They are fetched after the first paint, which does not need them. */
export function ExperimentsMenu() {
  const [list, setList] = useState<Loaded | null | undefined>(undefined);
  const [groups, setGroups] = useState<readonly MenuGroup[]>([]);
  useEffect(() => {
    import('./experiments-list').then(setList, () => setList(null));
  }, []);
  const open = (id: string) => {
    const experiment = list?.experimentOf(id);
    if (!experiment) return;
    edit(experiment);
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
      entries={list === null ? failed : []}
      groups={groups}
      // What they take is known better after every run.
      onOpen={() => setGroups(list?.experimentGroups() ?? [])}
      onAction={open}
    />
  );
}
