import { ChevronDown } from 'lucide-react';
import { Button } from '../ui/button';
import { Menu } from '../ui/menu';

export type SaveKind = 'json' | 'csv';

interface Props {
  /** What the menu is called. */
  readonly label: string;
  /** The text of its button. */
  readonly text: string;
  /** Nothing is there to be saved. */
  readonly isDisabled: boolean;
  /** What a file of each kind holds. */
  readonly describe: Readonly<Record<SaveKind, string>>;
  readonly onSave: (kind: SaveKind) => void;
}

/** Gives a person results as a file: whole as JSON, or as a CSV table. */
export function SaveMenu({ label, text, isDisabled, describe, onSave }: Props) {
  return (
    <Menu
      label={label}
      trigger={
        <Button small isDisabled={isDisabled}>
          {text}
          <ChevronDown size={13} aria-hidden />
        </Button>
      }
      entries={[
        { id: 'json', label: 'JSON', description: describe.json },
        { id: 'csv', label: 'CSV', description: describe.csv },
      ]}
      onAction={(kind) => onSave(kind === 'csv' ? 'csv' : 'json')}
    />
  );
}
