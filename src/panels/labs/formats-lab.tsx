import { useState } from 'react';
import { blockFormats } from '../../numerics/formats/block-formats';
import type { FixedPoint } from '../../numerics/formats/fixed-point';
import { NumberField } from '../../ui/number-field';
import { Segmented } from '../../ui/segmented';
import { Select } from '../../ui/select';
import { blockExamples } from './block-example';
import { BlockExplorer } from './block-explorer';
import { exploredFormat, formatChoice, formatOptions, intros } from './format-choice';
import { FormatTable } from './format-table';
import { narrowSentence } from './format-words';
import { Control, Lab } from './lab-layout';
import styles from './labs.module.css';
import { NumberExplorer } from './number-explorer';
import type { LineScale } from './number-line';

/** Bits in all: up to here every number is a float32. */
const MOST = 24;
const LONGEST = 16;

export interface FixedFieldsProps {
  readonly format: FixedPoint;
  readonly onChange: (format: FixedPoint) => void;
}

/** The two lengths of a fixed-point format. One bit alone would be a sign without a number. */
export function FixedFields({ format, onChange }: FixedFieldsProps) {
  const { integerBits, fractionBits } = format;
  return (
    <Control label="Integer and fractional bits">
      <div className={styles.lengths}>
        <NumberField
          label="IL, bits before the point"
          value={integerBits}
          min={fractionBits === 0 ? 2 : 1}
          max={Math.min(LONGEST, MOST - fractionBits)}
          step={1}
          integer
          onChange={(next) => onChange({ integerBits: next, fractionBits })}
        />
        <NumberField
          label="FL, bits after the point"
          value={fractionBits}
          min={integerBits === 1 ? 1 : 0}
          max={Math.min(LONGEST, MOST - integerBits)}
          step={1}
          integer
          onChange={(next) => onChange({ integerBits, fractionBits: next })}
        />
      </div>
    </Control>
  );
}

const widths = [2, 3, 4, 5, 6, 7, 8, 16];
const examples = [
  { value: '7.9', label: 'largest 7.9' },
  { value: '0.3', label: 'largest 0.3' },
  { value: 'outlier', label: 'an outlier' },
] as const;

/** Every number of a format: on a line, bit by bit, and as the course tabulates them. */
export function FormatsLab() {
  const [value, setValue] = useState('e4m3fn');
  const [chosenScale, setScale] = useState<LineScale>();
  const [typed, setTyped] = useState(0.3);
  const [width, setWidth] = useState(4);
  const [lengths, setLengths] = useState<FixedPoint>({ integerBits: 6, fractionBits: 10 });
  const [block, setBlock] = useState<readonly number[]>(blockExamples['7.9']);
  // The bit pattern that was pressed or dragged to; without one it is the number that was typed.
  const [pattern, setPattern] = useState<number>();
  const choice = formatChoice(value);
  const explored = exploredFormat(choice, width, lengths);
  // Evenly spaced numbers look it on a linear line only.
  const scale = chosenScale ?? (choice.kind === 'float' ? 'log' : 'linear');
  /** Another format or number: the typed number is rounded again. */
  const anew =
    <T,>(set: (value: T) => void) =>
    (next: T) => {
      set(next);
      setPattern(undefined);
    };
  return (
    <Lab
      intro={intros[choice.kind]}
      controls={
        <>
          <Control label="Format">
            <Select label="Format" options={formatOptions} value={value} onChange={anew(setValue)} />
          </Control>
          {choice.kind === 'integer' ? (
            <Control label="Bits">
              <Segmented
                label="Bits"
                options={widths.map((bits) => ({ value: String(bits), label: String(bits) }))}
                value={String(width)}
                onChange={anew((next: string) => setWidth(Number(next)))}
              />
            </Control>
          ) : null}
          {choice.kind === 'fixed' ? <FixedFields format={lengths} onChange={anew(setLengths)} /> : null}
          <Control label="Line">
            <Segmented
              label="Line"
              options={[
                { value: 'log', label: 'logarithmic' },
                { value: 'linear', label: 'linear' },
              ]}
              value={scale}
              onChange={(next) => setScale(next as LineScale)}
            />
          </Control>
          {choice.kind === 'blocks' ? (
            <Control label="Block">
              <Segmented
                label="Block"
                options={examples}
                value={examples.find((example) => blockExamples[example.value] === block)?.value ?? ''}
                onChange={(next) => setBlock(blockExamples[next as keyof typeof blockExamples])}
              />
            </Control>
          ) : (
            <Control label="Round a number">
              <NumberField label="Number to round" value={typed} min={-1e20} max={1e20} step={0.1} onChange={anew(setTyped)} />
            </Control>
          )}
        </>
      }
    >
      {explored ? (
        <NumberExplorer format={explored} scale={scale} typed={typed} code={pattern ?? explored.numbers.round(typed)} onCode={setPattern}>
          {choice.kind === 'integer' ? narrowSentence(width) : null}
        </NumberExplorer>
      ) : null}
      {choice.kind === 'blocks' ? <BlockExplorer id={choice.id} scale={scale} values={block} onValues={setBlock} /> : null}
      <h3 className={styles.heading}>All formats</h3>
      <FormatTable
        {...(choice.kind === 'float' && { chosen: choice.format.id })}
        {...(choice.kind === 'blocks' && { chosen: blockFormats[choice.id].element })}
        {...(choice.kind === 'integer' && { chosenInteger: width })}
        fixed={lengths}
        fixedChosen={choice.kind === 'fixed'}
      />
      <p className={styles.note}>
        t counts the mantissa bits and the hidden 1; u = 2⁻ᵗ is the largest relative error of rounding to nearest. e4m3fn is the fp8 of the
        Open Compute Project, without infinities; e4m3 with them ends at 240. Integers and fixed point have the same step everywhere, so
        they have neither t nor u.
      </p>
    </Lab>
  );
}
