import './number-field.css';
import { type KeyboardEvent, useId, useState } from 'react';
import { readNumber } from '../numerics/measures/typed-number';
import { nudged, numberText, type Range, rangeProblem } from './number-text';

export interface NumberFieldProps extends Range {
  readonly label: string;
  readonly value: number;
  readonly unit?: string;
  readonly onChange: (value: number) => void;
}

/**
 * A field for an exact figure. Any number in range is taken, "1e-7", "2,000" and "0,01" included: a spin button's grid would round them.
 * Enter or leaving the field commits; arrow keys step; Escape restores.
 */
export function NumberField({ label, value, unit, onChange, ...range }: NumberFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const problemId = useId();
  const typed = draft === null ? { value } : readNumber(draft, range.integer);
  const parsed = 'value' in typed ? typed.value : null;
  const problem = 'value' in typed ? rangeProblem(typed.value, range) : typed.problem;

  const commit = () => {
    if (draft !== null && problem === '' && parsed !== null && parsed !== value) onChange(parsed);
    setDraft(null);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      if (problem === '') commit();
    } else if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      setDraft(null);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const from = problem === '' && parsed !== null ? parsed : value;
      onChange(nudged(from, event.key === 'ArrowUp' ? 1 : -1, range));
      setDraft(null);
    }
  };

  const invalid = draft !== null && problem !== '';
  return (
    <div className="number-field">
      <div className="number-field-box">
        <input
          type="text"
          inputMode={range.integer ? 'numeric' : 'decimal'}
          role="spinbutton"
          aria-label={unit ? `${label}, ${unit}` : label}
          {...ariaRange(value, range)}
          aria-valuetext={numberText(value)}
          aria-invalid={invalid}
          aria-describedby={invalid ? problemId : undefined}
          autoComplete="off"
          spellCheck={false}
          value={draft ?? numberText(value)}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
        {unit ? (
          <span className="number-field-unit" aria-hidden>
            {unit}
          </span>
        ) : null}
      </div>
      {invalid ? (
        <span id={problemId} className="number-field-problem" role="alert">
          {problem}
        </span>
      ) : null}
    </div>
  );
}

/**
 * A spin button's value and limits in plain decimals: ARIA does not know exponents, and React writes 1e-7 unchanged.
 * Typed as numbers because React's types want them; any text of a number is valid in HTML.
 */
function ariaRange(value: number, range: { readonly min: number; readonly max: number }) {
  const decimal = (n: number) => n.toFixed(12).replace(/\.?0+$/, '') as unknown as number;
  return { 'aria-valuenow': decimal(value), 'aria-valuemin': decimal(range.min), 'aria-valuemax': decimal(range.max) };
}
