import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button';
import './copy-button.css';

export interface CopyButtonProps {
  /** What is copied. */
  readonly text: string;
  readonly children: string;
  /** What the text is called, for the field in which it stands where copying is forbidden: "Link to this front". */
  readonly name: string;
  readonly quiet?: boolean;
  readonly inactive?: boolean;
}

/** Copies a text. Clipboards are closed to pages without a secure address: then the text stands below, selected on focus. */
export function CopyButton({ text, children, name, quiet = false, inactive = false }: CopyButtonProps) {
  const [copied, setCopied] = useState('');
  const [failed, setFailed] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      setFailed(true);
    }
  };
  const done = copied === text && text !== '';
  return (
    <>
      <Button small variant={quiet ? 'quiet' : 'plain'} inactive={inactive} onPress={() => void copy()}>
        {done ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
        {children}
      </Button>
      <span className="visually-hidden" aria-live="polite">
        {done ? `${name}: copied.` : ''}
      </span>
      {failed ? (
        <label className="copy-by-hand">
          The browser did not let this page copy: select it and copy it.
          <textarea aria-label={name} readOnly rows={2} value={text} onFocus={(event) => event.target.select()} />
        </label>
      ) : null}
    </>
  );
}
