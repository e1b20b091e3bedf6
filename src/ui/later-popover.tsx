import { lazy, type ReactNode, type RefObject, Suspense, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { PopoverDialogProps } from './popover-dialog';

// The first paint has the buttons of popovers only: what draws a popover is loaded when a person comes near one.
const load = () => import('./popover-dialog');
const PopoverDialog = lazy(() => load().then((module) => ({ default: module.PopoverDialog }), notLoaded));

/** Starts loading what draws a popover. */
export function preloadPopover(): void {
  load().catch(() => {
    // Said when it is opened.
  });
}

function notLoaded() {
  return { default: () => <span role="alert">This could not be loaded; reload the page.</span> };
}

interface LaterPopoverProps extends Omit<PopoverDialogProps, 'control'> {
  readonly trigger: RefObject<Element | null>;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** A popover that is loaded when it is first opened. */
export function LaterPopover({ trigger, open, onClose, ...rest }: LaterPopoverProps) {
  if (!open) return null;
  return (
    <Suspense>
      <PopoverDialog {...rest} control={{ trigger, open, onOpenChange: (stays) => stays || onClose() }} />
    </Suspense>
  );
}

interface PopoverButtonProps {
  readonly className: string;
  readonly title: string;
  readonly placement?: 'bottom start' | 'bottom end';
  /** What the popover shows. */
  readonly content: ReactNode;
  /** What the button shows. */
  readonly children: ReactNode;
}

/** A button that opens a popover. */
export function PopoverButton({ className, title, placement, content, children }: PopoverButtonProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button
        ref={button}
        className={className}
        aria-haspopup="dialog"
        aria-expanded={open}
        onHoverStart={preloadPopover}
        onFocus={preloadPopover}
        onPress={() => setOpen(!open)}
      >
        {children}
      </Button>
      <LaterPopover title={title} trigger={button} open={open} onClose={() => setOpen(false)} {...(placement ? { placement } : {})}>
        {content}
      </LaterPopover>
    </>
  );
}
