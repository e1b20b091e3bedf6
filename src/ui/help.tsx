import './help.css';
import './popover.css';
import { type ReactNode, type RefObject, useId } from 'react';
import { Button, DialogTrigger, Popover } from 'react-aria-components';
import { Formula } from './formula';

export interface HelpText {
  readonly title: string;
  readonly help: string;
  readonly formula?: string;
  readonly source?: string;
}

/** A label that explains itself: pressing it opens the sentence, the formula and the source. */
export function HelpLabel({
  title,
  help,
  formula,
  source,
  children,
  className = '',
}: HelpText & { readonly children?: ReactNode; readonly className?: string }) {
  return (
    <DialogTrigger>
      <Button className={`help-label ${className}`}>
        {children ?? title}
        <span className="visually-hidden">: what is this?</span>
      </Button>
      <PopoverDialog title={title}>
        <p>{help}</p>
        {formula ? <Formula tex={formula} block /> : null}
        {source ? <p className="source">{source}</p> : null}
      </PopoverDialog>
    </DialogTrigger>
  );
}

export interface PopoverDialogProps {
  readonly title: string;
  readonly placement?: 'bottom start' | 'bottom end';
  readonly children: ReactNode;
  /** Only where it is not in a DialogTrigger: what it belongs to, and whether it is open. */
  readonly control?: {
    readonly trigger: RefObject<HTMLElement | null>;
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
