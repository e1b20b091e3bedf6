import './menu.css';
import './popover.css';
import { Check } from 'lucide-react';
import type { ReactElement } from 'react';
import { Menu as AriaMenu, Header, MenuItem, MenuSection, MenuTrigger, Popover, Text } from 'react-aria-components';
import type { MenuEntry } from './menu-entry';

export interface CheckMenuProps {
  readonly label: string;
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly groups: readonly { readonly name: string; readonly entries: readonly MenuEntry[] }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** A menu under a button in which any number of entries is on or off; it stays open while one chooses. */
export function CheckMenu({ label, trigger, groups, chosen, onChange }: CheckMenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" placement="bottom start" offset={6}>
        <AriaMenu
          className="menu"
          aria-label={label}
          selectionMode="multiple"
          selectedKeys={chosen}
          onSelectionChange={(keys) => onChange(keys === 'all' ? [] : [...chosen.filter((id) => keys.has(id)), ...added(keys, chosen)])}
          disabledKeys={groups.flatMap(({ entries }) => entries.filter((e) => e.disabled).map((e) => e.id))}
        >
          {groups.map(({ name, entries }) => (
            <MenuSection key={name}>
              <Header className="menu-header">{name}</Header>
              {entries.map((entry) => (
                <MenuItem key={entry.id} id={entry.id} textValue={entry.label} className="menu-item">
                  {({ isSelected }) => (
                    <>
                      <Text slot="label">{entry.label}</Text>
                      <Check size={14} aria-hidden style={{ visibility: isSelected ? 'visible' : 'hidden' }} />
                      {entry.description ? <Text slot="description">{entry.description}</Text> : null}
                    </>
                  )}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

function added(keys: ReadonlySet<string | number>, chosen: readonly string[]): readonly string[] {
  return [...keys].map(String).filter((id) => !chosen.includes(id));
}
