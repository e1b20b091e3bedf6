import { Radio, RadioGroup } from 'react-aria-components';
import './segmented.css';

export interface Option {
  readonly value: string;
  readonly label: string;
}

export interface SegmentedProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A choice of a few short words, all in sight. Arrow keys move, as in any radio group. */
export function Segmented({ label, options, value, onChange }: SegmentedProps) {
  return (
    <RadioGroup className="segmented" aria-label={label} orientation="horizontal" value={value} onChange={onChange}>
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className="segment">
          {option.label}
        </Radio>
      ))}
    </RadioGroup>
  );
}
