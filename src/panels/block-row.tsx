import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
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
  return (
    <Disclosure className="block-row">
      <Heading level={3}>
        <Button slot="trigger" className="block-row-trigger">
          <span className="block-row-label">{label}</span>
          <span className="block-row-value">{value}</span>
          <ChevronRight size={12} className="block-row-chevron" aria-hidden />
        </Button>
      </Heading>
      {below}
      <DisclosurePanel>
        <div className="block-row-body">{children}</div>
      </DisclosurePanel>
    </Disclosure>
  );
}
