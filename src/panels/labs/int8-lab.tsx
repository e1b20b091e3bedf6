import { useState } from 'react';
import { fixed, significant } from '../../numerics/measures/number-words';
import { Button } from '../../ui/button';
import { Formula } from '../../ui/formula';
import { NumberField } from '../../ui/number-field';
import { Segmented } from '../../ui/segmented';
import { Slider } from '../../ui/slider';
import { exactText } from './exact-text';
import { Control, Lab } from './lab-layout';
import styles from './labs.module.css';
import { type Convention, slideMatrix, type WorkedMatrix, workedMatrix } from './matrix-example';

export interface MatrixFieldsProps {
  /** 16 numbers, row by row. */
  readonly values: readonly number[];
  readonly onChange: (values: readonly number[]) => void;
}

/** A 4 × 4 matrix whose numbers can be changed. */
export function MatrixFields({ values, onChange }: MatrixFieldsProps) {
  return (
    <div className={styles.fields}>
      {values.map((value, i) => (
        <NumberField
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
          key={i}
          label={`Row ${Math.floor(i / 4) + 1}, column ${(i % 4) + 1}`}
          value={value}
          min={-1000}
          max={1000}
          step={0.01}
          onChange={(next) => onChange(values.with(i, next))}
        />
      ))}
    </div>
  );
}

const conventions = [
  { value: 'slide', label: 'unrounded shift' },
  { value: 'zero-point', label: 'zero-point' },
  { value: 'symmetric', label: 'symmetric' },
] as const;

const formulas: Readonly<Record<Convention, string>> = {
  slide: "s' = \\frac{q_{\\max}-q_{\\min}}{x_{\\max}-x_{\\min}},\\qquad q = \\operatorname{round}\\bigl(s'(x-x_{\\min}) + q_{\\min}\\bigr)",
  'zero-point': 's = \\frac{x_{\\max}-x_{\\min}}{q_{\\max}-q_{\\min}},\\qquad q = \\operatorname{round}\\left(\\frac{x}{s}\\right) + z',
  symmetric: 's = \\frac{\\max|x|}{q_{\\max}},\\qquad q = \\operatorname{round}\\left(\\frac{x}{s}\\right)',
};

const notes: Readonly<Record<Convention, string>> = {
  slide: 'The shift is not rounded, so 0 is rarely an exact value.',
  'zero-point': 'The range is widened to include 0, and the shift z is an integer: 0 is stored exactly.',
  symmetric: 'No shift: 0 has the code 0. If all numbers are on one side of zero, half of the codes are never used.',
};

/** The course's 4 × 4 matrix: scale, codes, reconstruction, error. */
export function Int8Lab() {
  const [x, setX] = useState(slideMatrix);
  const [bits, setBits] = useState(8);
  const [convention, setConvention] = useState<Convention>('slide');
  const worked = workedMatrix(x, bits, convention);
  return (
    <Lab
      intro="Sixteen numbers in a few bits each, with one scale for all. Change a number, the bits or the convention: all four steps follow."
      controls={
        <>
          <Control label="Convention">
            <Segmented label="Convention" options={conventions} value={convention} onChange={(next) => setConvention(next as Convention)} />
          </Control>
          <Control label="Bits">
            <div className={styles.sliderBox}>
              <Slider label="Bits" value={bits} min={2} max={8} step={1} unit="bits" onChange={setBits} />
            </div>
          </Control>
          <Button small isDisabled={x === slideMatrix} onPress={() => setX(slideMatrix)}>
            Original numbers
          </Button>
        </>
      }
    >
      <div className={styles.steps}>
        <Step number={1} title="Numbers and their range">
          <MatrixFields values={x} onChange={setX} />
          <p className={styles.note}>
            From {exactText(worked.min)} to {exactText(worked.max)}.
          </p>
        </Step>
        <Step number={2} title="Scale and codes">
          <Matrix
            label="Codes"
            values={worked.codes}
            text={exactText}
            shade={(code) => (code - worked.codeMin) / (worked.codeMax - worked.codeMin)}
          />
          <p className={styles.note}>{scaleSentence(worked, convention)}</p>
        </Step>
        <Step number={3} title="Read back">
          <Matrix
            label="Values read back"
            values={worked.values}
            text={(value) => fixed(value, 4)}
            shade={(value) => share(value, worked)}
          />
          <p className={styles.note}>{zeroSentence(worked)}</p>
        </Step>
        <Step number={4} title="Error">
          <Matrix
            label="Errors"
            values={worked.errors}
            text={(error) => fixed(error, 4)}
            shade={(error) => (worked.scale > 0 ? Math.abs(error) / worked.scale : 0)}
          />
          <p className={styles.note}>
            At most {significant(worked.largestError, 3)}, half a step is {significant(worked.scale / 2, 3)}; mean square{' '}
            {significant(worked.meanSquare, 3)}, s²/12 is {significant(worked.scale ** 2 / 12, 3)}.
          </p>
        </Step>
      </div>
      <Formula tex={formulas[convention]} block />
      <p className={styles.note}>{notes[convention]}</p>
    </Lab>
  );
}

function Step({ number, title, children }: { readonly number: number; readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section className={styles.step}>
      <h3 className={styles.heading}>
        {number}. {title}
      </h3>
      {children}
    </section>
  );
}

interface MatrixProps {
  readonly label: string;
  readonly values: readonly number[];
  readonly text: (value: number) => string;
  /** How strong a cell is tinted, 0 … 1. */
  readonly shade: (value: number) => number;
}

function Matrix({ label, values, text, shade }: MatrixProps) {
  return (
    <table className={styles.matrix} aria-label={label}>
      <tbody>
        {[0, 1, 2, 3].map((row) => (
          <tr key={row}>
            {values.slice(4 * row, 4 * row + 4).map((value, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
              <td key={column} style={{ '--shade': `${Math.round(100 * Math.min(1, Math.max(0, shade(value))))}%` } as React.CSSProperties}>
                {text(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function share(value: number, { min, max }: WorkedMatrix): number {
  return max > min ? (value - min) / (max - min) : 0;
}

function scaleSentence({ scale, codeMin, codeMax }: WorkedMatrix, convention: Convention): string {
  const codes = `codes ${exactText(codeMin)} to ${exactText(codeMax)}`;
  if (scale === 0) return `All numbers are equal: there is no scale; ${codes}.`;
  return convention === 'slide' ? `s′ = ${significant(1 / scale, 4)}; ${codes}.` : `s = ${significant(scale, 4)}; ${codes}.`;
}

function zeroSentence({ zeroCode }: WorkedMatrix): string {
  return zeroCode === null ? 'No code represents exactly 0.' : `Code ${exactText(zeroCode)} represents 0.`;
}
