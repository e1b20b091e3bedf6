import { Check, Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from './button';

export interface CopyButtonProps {
  /** What is copied. */
  readonly text: string;
  /** With words; without them an icon of this name. */
  readonly label?: string;
  readonly children?: ReactNode;
}

/** Puts a text on the clipboard, or shows it where the browser does not let the page. */
export function CopyButton({ text, label = 'Copy', children }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => window.prompt('Copy this:', text),
    );
  if (children !== undefined) {
    return (
      <Button small onPress={copy}>
        {copied ? 'Copied' : children}
      </Button>
    );
  }
  const Icon = copied ? Check : Copy;
  return (
    <Button small icon variant="quiet" label={copied ? 'Copied' : label} tip={copied ? 'Copied' : label} onPress={copy}>
      <Icon size={13} aria-hidden />
    </Button>
  );
}
