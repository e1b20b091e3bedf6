import './help.css';
import type { ReactNode } from 'react';
import { Formula } from './formula';
import { PopoverButton } from './later-popover';

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
  const content = (
    <>
      <p>{help}</p>
      {formula ? <Formula tex={formula} block /> : null}
      {source ? <p className="source">{source}</p> : null}
    </>
  );
  return (
    <PopoverButton className={`help-label ${className}`} title={title} content={content}>
      {children ?? title}
      <span className="visually-hidden">: what is this?</span>
    </PopoverButton>
  );
}
