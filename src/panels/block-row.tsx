import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import './block-row.css';

export interface BlockRowProps {
  readonly label: string;
  readonly value: ReactNode;
  /** Stays in sight when folded. */
  readonly below?: ReactNode;
  readonly children: ReactNode;
}

/** A line of the program: what it is, and its form when opened. */
export function BlockRow({ label, value, below, children }: BlockRowProps) {
  // What was once open stays: its fields may hold what is being typed.
  const [wasOpen, setWasOpen] = useState(false);
  return (
    <Disclosure className="block-row" onExpandedChange={(open) => setWasOpen(wasOpen || open)}>
      <Heading level={3}>
        <Button slot="trigger" className="block-row-trigger">
          <span className="block-row-label">{label}</span>
          <span className="block-row-value">{value}</span>
          <ChevronRight size={12} className="block-row-chevron" aria-hidden />
        </Button>
      </Heading>
      {below}
      <DisclosurePanel>{wasOpen ? <div className="block-row-body">{children}</div> : null}</DisclosurePanel>
    </Disclosure>
  );
}
