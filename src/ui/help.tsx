import './help.css';
import type { ReactNode } from 'react';
import { Formula } from './formula';
import { symbolsOf } from './formula-symbols';
import { PopoverButton } from './later-popover';
import { sourceParts } from './source-parts';

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
      {formula ? <Symbols tex={formula} /> : null}
      {source ? <Source text={source} /> : null}
    </>
  );
  return (
    <PopoverButton className={`help-label ${className}`} title={title} content={content}>
      {children ?? title}
      <span className="visually-hidden">: what is this?</span>
    </PopoverButton>
  );
}

/** What the symbols of a formula mean. */
function Symbols({ tex }: { readonly tex: string }) {
  const symbols = symbolsOf(tex);
  if (symbols.length === 0) return null;
  return (
    <dl className="help-symbols">
      {symbols.map(({ symbol, meaning }) => (
        <div key={symbol}>
          <dt>
            <Formula tex={symbol} />
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A citation whose papers can be opened. */
function Source({ text }: { readonly text: string }) {
  return (
    <p className="source">
      {sourceParts(text).map(({ part, url }) =>
        url === '' ? (
          part
        ) : (
          <a key={part} href={url} target="_blank" rel="noopener">
            {part}
          </a>
        ),
      )}
    </p>
  );
}
