import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components';
import { describeExperiment } from '../experiment/program/describe';
import { useExperiment } from '../state/experiment/experiment-store';
import './program-fold.css';

/** On a phone the program is one sentence that opens; elsewhere it is open. */
export function ProgramFold({ children }: { readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const sentence = useExperiment((s) => describeExperiment(s.experiment));
  return (
    <div className={open ? 'program-fold program-fold-open' : 'program-fold'}>
      <Button className="program-fold-trigger" aria-expanded={open} onPress={() => setOpen(!open)}>
        <span className="eyebrow">Program</span>
        <ChevronDown size={14} aria-hidden />
        <span className="program-fold-sentence">{sentence}</span>
      </Button>
      <div className="program-fold-body">{children}</div>
    </div>
  );
}
