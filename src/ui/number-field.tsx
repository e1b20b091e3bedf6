import './number-field.css';
import { type KeyboardEvent, useId, useState } from 'react';

export interface NumberFieldProps extends Range {
  readonly label: string;
  readonly value: number;
  readonly unit?: string;
  readonly onChange: (value: number) => void;
}

/**
 * A field for an exact figure. Any number in range is taken, "1e-7" and "2,000" included: a spin button's grid would round them.
 * Enter or leaving the field commits; arrow keys step; Escape restores.
 */
export function NumberField({ label, value, unit, onChange, ...range }: NumberFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const problemId = useId();
  const parsed = draft === null ? value : parseNumber(draft);
  const problem = parsed === null ? 'Enter a number.' : rangeProblem(parsed, range);

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

/** Numbers as people type and read them in a field. */

/** A plain number: digits grouped from 10,000 on, a power of ten for the very small ("1e-7"). */
export function numberText(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-4) return value.toExponential().replace('e+', 'e');
  if (Number.isInteger(value)) return size >= 10_000 ? value.toLocaleString('en-US') : String(value);
  return String(Number(value.toPrecision(12)));
}

/** What a person typed, or null if it is no number. Spaces and thousands commas are ignored. */
export function parseNumber(text: string): number | null {
  const bare = text.replace(/[\s_,]/g, '').replace('−', '-');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(bare)) return null;
  const value = Number(bare);
  return Number.isFinite(value) ? value : null;
}

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly integer?: boolean;
  readonly scale?: 'linear' | 'log';
}

/** Why a value is not allowed, as a sentence; '' if it is. */
export function rangeProblem(value: number, { min, max, integer }: Range): string {
  if (integer && !Number.isInteger(value)) return 'Enter a whole number.';
  if (value < min || value > max) return `Between ${numberText(min)} and ${numberText(max)}.`;
  return '';
}

const NICE = [1, 2, 5, 10];

/**
 * The next value up (+1) or down (−1) for the arrow keys: by the step on a linear scale; on a logarithmic one along 1, 2, 5, 10, 20 ….
 * Stays in range.
 */
export function nudged(value: number, direction: 1 | -1, range: Range): number {
  const next = range.scale === 'log' && value > 0 ? niceNeighbour(value, direction) : value + direction * range.step;
  const rounded = Number((range.integer ? Math.round(next) : next).toPrecision(12));
  return Math.min(range.max, Math.max(range.min, rounded));
}

function niceNeighbour(value: number, direction: 1 | -1): number {
  const decade = 10 ** Math.floor(Math.log10(value) + 1e-12);
  const lead = value / decade;
  if (direction > 0) return (NICE.find((n) => n > lead * (1 + 1e-9)) ?? 10) * decade;
  const below = NICE.filter((n) => n < lead * (1 - 1e-9)).at(-1);
  return below === undefined ? decade / 2 : below * decade;
}
