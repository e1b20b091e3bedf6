import { useId, useState } from 'react';
import './number-field.css';
import { rangeProblem } from './number-text';

export interface ListFieldProps {
  readonly label: string;
  readonly value: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly minLength: number;
  readonly maxLength: number;
  readonly onChange: (value: readonly number[]) => void;
}

/** A list of whole numbers as one line of text, "300, 100". Enter or leaving the field commits. */
export function ListField({ label, value, min, max, minLength, maxLength, onChange }: ListFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const problemId = useId();
  const words = (draft ?? value.join(', ')).split(/[\s,;]+/).filter(Boolean);
  const numbers = words.map(wholeNumber);
  const problem = listProblem(numbers);

  function listProblem(list: readonly (number | null)[]): string {
    if (list.length < minLength || list.length > maxLength) return `Between ${minLength} and ${maxLength} numbers.`;
    for (const n of list) {
      const trouble = n === null ? 'Whole numbers, separated by commas.' : rangeProblem(n, { min, max, step: 1, integer: true });
      if (trouble) return trouble;
    }
    return '';
  }

  const commit = () => {
    const next = numbers.filter((n) => n !== null);
    if (draft !== null && problem === '' && next.join() !== value.join()) onChange(next);
    setDraft(null);
  };

  const invalid = draft !== null && problem !== '';
  return (
    <div className="number-field">
      <div className="number-field-box">
        <input
          type="text"
          aria-label={label}
          aria-invalid={invalid}
          aria-describedby={invalid ? problemId : undefined}
          autoComplete="off"
          spellCheck={false}
          value={draft ?? value.join(', ')}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && problem === '') commit();
            if (event.key === 'Escape') setDraft(null);
          }}
        />
      </div>
      {invalid ? (
        <span id={problemId} className="number-field-problem" role="alert">
          {problem}
        </span>
      ) : null}
    </div>
  );
}

/** Null for what is no whole number, "000" of "1,000" included: commas separate here. */
function wholeNumber(word: string): number | null {
  return /^(0|[1-9]\d*)$/.test(word) ? Number(word) : null;
}
