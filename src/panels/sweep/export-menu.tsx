import { ChevronDown } from 'lucide-react';
import type { HeldSweep } from '../../state/sweep-store';
import { Button } from '../../ui/button';
import { Menu } from '../../ui/menu';

export type SaveSweep = (held: HeldSweep, kind: 'json' | 'csv') => void;

/** Gives a person the sweep as a file. */
export function ExportMenu({ held, onSave }: { readonly held: HeldSweep; readonly onSave: SaveSweep }) {
  return (
    <Menu
      label="Export the sweep"
      trigger={
        <Button small isDisabled={Object.keys(held.runs).length === 0}>
          Export the sweep
          <ChevronDown size={13} aria-hidden />
        </Button>
      }
      entries={[
        { id: 'json', label: 'JSON', description: 'All of it: axes, runs, failures. Can be imported again, under Runs or by dropping it.' },
        { id: 'csv', label: 'CSV', description: 'A table with a row for each run, what varies first.' },
      ]}
      onAction={(kind) => onSave(held, kind === 'csv' ? 'csv' : 'json')}
    />
  );
}
