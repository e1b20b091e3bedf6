import './menu.css';
import './popover.css';
import type { RefObject } from 'react';
import { Menu as AriaMenu, Header, MenuItem, MenuSection, Popover, Text } from 'react-aria-components';
import type { MenuEntry, MenuGroup } from './menu-entry';

interface Props {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly groups: readonly MenuGroup[];
  readonly onAction: (id: string) => void;
  readonly placement: 'bottom start' | 'bottom end';
  readonly button: RefObject<Element | null>;
  /** The first entry gets the focus, not the menu. */
  readonly first: boolean;
  readonly onClose: () => void;
}

/** What a menu shows while it is open. */
export function MenuList({ label, entries, groups, onAction, placement, button, first, onClose }: Props) {
  const all = [...entries, ...groups.flatMap((group) => group.entries)];
  return (
    <Popover
      className="popover"
      isOpen
      onOpenChange={(open) => open || onClose()}
      triggerRef={button}
      trigger="MenuTrigger"
      placement={placement}
      offset={6}
    >
      <AriaMenu
        className="menu"
        aria-label={label}
        autoFocus={first ? 'first' : true}
        onAction={(key) => onAction(String(key))}
        onClose={onClose}
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
