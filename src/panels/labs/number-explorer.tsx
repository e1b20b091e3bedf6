import type { ReactNode } from 'react';
import { Formula } from '../../ui/formula';
import { BitRow } from './bit-row';
import { Power } from './exact-text';
import type { ExploredFormat } from './format-choice';
import { FormatLine } from './format-line';
import { lineSentence, neighbourSentence, typedSentence } from './format-words';
import styles from './labs.module.css';
import type { LineScale } from './number-line';

export interface NumberExplorerProps {
  readonly format: ExploredFormat;
  readonly scale: LineScale;
  readonly code: number;
  readonly onCode: (code: number) => void;
  /** The number that was rounded. */
  readonly typed: number;
  /** What else there is to say about the format. */
  readonly children?: ReactNode;
}

/** The numbers of a format on a line, and one of them bit by bit. */
export function NumberExplorer({ format, scale, code, onCode, typed, children }: NumberExplorerProps) {
  const { numbers } = format;
  const rank = numbers.rankOf(code);
  return (
    <>
      <FormatLine numbers={numbers} scale={scale} rank={rank ?? numbers.highest} onRank={(next) => onCode(numbers.codeOf(next))} />
      <p className={styles.note}>
        {lineSentence(numbers, scale)} {numbers.step === undefined ? null : <StepNote step={numbers.step} />} {children}
      </p>
      <BitRow fields={format.fields(code)} code={code} onCode={onCode} text={numbers.step === undefined ? String : numbers.text} />
      <div className={styles.reading} aria-live="polite">
        <Formula tex={format.formula(code)} />
        <p className={styles.note}>{rank === undefined ? 'This pattern is not a finite number.' : neighbourSentence(numbers, rank)}</p>
        <p className={styles.note}>{typedSentence(typed, code, numbers)}</p>
      </div>
    </>
  );
}

/** What a fixed step means for rounding. @param step a power of two, at most 1 */
export function StepNote({ step }: { readonly step: number }) {
  const exponent = Math.log2(step);
  return (
    <>
      The step is {step === 1 ? 1 : <Power base={2} exponent={exponent} />}, and rounding to nearest has an error of at most half of it,{' '}
      {step === 1 ? 0.5 : <Power base={2} exponent={exponent - 1} />}, the same everywhere: a fixed step has no relative precision, so there
      is no unit roundoff, and smaller numbers keep fewer digits.
    </>
  );
}
