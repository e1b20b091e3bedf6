import type { ReactNode } from 'react';
import { Button, DialogTrigger } from 'react-aria-components';
import { Formula } from './formula';
import './help.css';
import { PopoverDialog } from './popover-dialog';

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
