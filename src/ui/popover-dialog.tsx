import './popover.css';
import { type ReactNode, type RefObject, useId } from 'react';
import { Popover } from 'react-aria-components';

export interface PopoverDialogProps {
  readonly title: string;
  readonly placement?: 'bottom start' | 'bottom end';
  readonly children: ReactNode;
  /** Only where it is not in a DialogTrigger: what it belongs to, and whether it is open. */
  readonly control?: {
    readonly trigger: RefObject<Element | null>;
    readonly open: boolean;
    readonly onOpenChange: (open: boolean) => void;
  };
}

/** A small dialog beside its button. The popover itself is the dialog, so that nothing of it lies outside of one. */
export function PopoverDialog({ title, placement = 'bottom start', children, control }: PopoverDialogProps) {
  const id = useId();
  const controlled = control ? { triggerRef: control.trigger, isOpen: control.open, onOpenChange: control.onOpenChange } : {};
  return (
    <Popover className="popover" placement={placement} offset={6} aria-labelledby={id} {...controlled}>
      <div className="popover-body">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </Popover>
  );
}
