import type { ReactNode } from 'react';
import { Formula } from '../../ui/formula';
import { BitRow } from './bit-row';
import type { ExploredFormat } from './explored-format';
import { FormatLine } from './format-line';
import { lineSentence, neighbourSentence, typedSentence } from './format-words';
import styles from './labs.module.css';
import type { LineScale } from './line-place';
import { StepNote } from './step-note';

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
        <p className={styles.note}>{rank === undefined ? 'This pattern is no finite number.' : neighbourSentence(numbers, rank)}</p>
        <p className={styles.note}>{typedSentence(typed, code, numbers)}</p>
      </div>
    </>
  );
}
