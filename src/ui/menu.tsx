import { cloneElement, lazy, type ReactElement, Suspense, useRef, useState } from 'react';
import type { ButtonProps } from './button';
import type { MenuEntry, MenuGroup } from './menu-entry';

// Most of what a menu needs is loaded when a person first comes near one: the first paint has only their buttons.
const load = () => import('./menu-list');
const MenuList = lazy(() =>
  load().then(
    (module) => ({ default: module.MenuList }),
    () => ({ default: NotLoaded }),
  ),
);

export interface MenuProps {
  readonly label: string;
  /** The button that opens it. */
  readonly trigger: ReactElement<ButtonProps>;
  readonly entries?: readonly MenuEntry[];
  readonly groups?: readonly MenuGroup[];
  readonly onAction: (id: string) => void;
  readonly onOpen?: () => void;
  readonly placement?: 'bottom start' | 'bottom end';
}

/** A menu of actions under a button. */
export function Menu({ label, trigger, entries = [], groups = [], onAction, onOpen, placement = 'bottom start' }: MenuProps) {
  const [open, setOpen] = useState<false | 'first' | 'any'>(false);
  const button = useRef<Element | null>(null);
  const show = (target: Element, focus: 'first' | 'any') => {
    button.current = target;
    setOpen(focus);
    onOpen?.();
  };
  const nearby = () => void load().catch(() => {});
  return (
    <>
      {cloneElement(trigger, {
        'aria-haspopup': 'menu',
        'aria-expanded': open !== false,
        onHoverStart: nearby,
        onFocus: nearby,
        onPress: ({ target, pointerType }) => show(target, pointerType === 'keyboard' || pointerType === 'virtual' ? 'first' : 'any'),
        onKeyDown: ({ key, currentTarget }) => {
          if (key === 'ArrowDown') show(currentTarget, 'first');
        },
      })}
      {open === false ? null : (
        <Suspense>
          <MenuList {...{ label, entries, groups, onAction, placement, button }} first={open === 'first'} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function NotLoaded() {
  return (
    <span role="alert" className="menu-not-loaded">
      This menu could not be loaded; reload the page.
    </span>
  );
}
