import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { Formula } from './formula';
import './help.css';
import './popover.css';

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
      <Popover className="popover" placement="bottom start" offset={6}>
        <Dialog className="popover-body">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          <p>{help}</p>
          {formula ? <Formula tex={formula} block /> : null}
          {source ? <p className="source">{source}</p> : null}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
