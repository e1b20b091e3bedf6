import './menu.css';
import './popover.css';
import { Check } from 'lucide-react';
import type { ReactElement } from 'react';
import { Menu as AriaMenu, Header, MenuItem, MenuSection, MenuTrigger, Popover, Text } from 'react-aria-components';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  /** A page that it opens, in a tab of its own. */
  readonly href?: string;
}

/** Entries under a name, which may have a sentence. */
export interface MenuGroup {
  readonly name: string;
  readonly note?: string;
  readonly entries: readonly MenuEntry[];
}

export interface MenuProps {
  readonly label: string;
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly entries?: readonly MenuEntry[];
  readonly groups?: readonly MenuGroup[];
  readonly onAction: (id: string) => void;
  readonly onOpen?: () => void;
  readonly placement?: 'bottom start' | 'bottom end';
}

/** A menu of actions under a button. */
export function Menu({ label, trigger, entries = [], groups = [], onAction, onOpen, placement = 'bottom start' }: MenuProps) {
  const all = [...entries, ...groups.flatMap((group) => group.entries)];
  return (
    <MenuTrigger onOpenChange={(open) => open && onOpen?.()}>
      {trigger}
      <Popover className="popover" placement={placement} offset={6}>
        <AriaMenu
          className="menu"
          aria-label={label}
          onAction={(key) => onAction(String(key))}
          disabledKeys={all.filter((e) => e.disabled).map((e) => e.id)}
        >
          {entries.map(item)}
          {groups.map(({ name, note, entries: members }) => (
            <MenuSection key={name}>
              <Header className="menu-header">
                <strong>{name}</strong>
                {note ? <span>{note}</span> : null}
              </Header>
              {members.map(item)}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

function item({ id, label, description, danger, href }: MenuEntry) {
  const page = href ? { href, target: '_blank', rel: 'noopener' } : {};
  return (
    <MenuItem key={id} id={id} textValue={label} className={danger ? 'menu-item menu-item-danger' : 'menu-item'} {...page}>
      <Text slot="label">{label}</Text>
      {description ? <Text slot="description">{description}</Text> : null}
    </MenuItem>
  );
}

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
