import { Check, Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from './button';
import './copy-button.css';

export interface CopyButtonProps {
  /** What is copied. */
  readonly text: string;
  /** What the text is called, for the field that shows it where copying is forbidden: "Link to this front". */
  readonly name: string;
  /** Words on the button; without them it is an icon that is called "Copy" and the name. */
  readonly children?: ReactNode;
  readonly quiet?: boolean;
  readonly inactive?: boolean;
}

/** Copies a text. Clipboards are closed to pages without a secure address: then the text is shown below, selected on focus. */
export function CopyButton({ text, name, children, quiet = false, inactive = false }: CopyButtonProps) {
  const [copied, setCopied] = useState('');
  const [failed, setFailed] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      () => setFailed(true),
    );
  const done = copied === text && text !== '';
  const mark = done ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />;
  return (
    <>
      {children === undefined ? (
        <Button small icon variant="quiet" label={`Copy: ${name}`} tip={`Copy: ${name}`} inactive={inactive} onPress={copy}>
          {mark}
        </Button>
      ) : (
        <Button small variant={quiet ? 'quiet' : 'plain'} inactive={inactive} onPress={copy}>
          {mark}
          {children}
        </Button>
      )}
      <span className="visually-hidden" aria-live="polite">
        {done ? `${name}: copied.` : ''}
      </span>
      {failed ? (
        <label className="copy-by-hand">
          The browser blocked copying: select the text and copy it.
          <textarea aria-label={name} readOnly rows={2} value={text} onFocus={(event) => event.target.select()} />
        </label>
      ) : null}
    </>
  );
}
