import { type PointerEvent, useMemo } from 'react';
import { LEDGER_KINDS } from '../../numerics/measures/ledger';
import { bytesShort } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { useSize } from '../shared/use-size';
import { useStepper } from '../shared/use-stepper';
import { colourOf } from './ledger-colours';
import { kindLabels } from './ledger-layout';
import styles from './storage-compare.module.css';
import { type StorageBar, storageBars, storageReadout, storageSentence, storageTable } from './storage-layout';

interface Props {
  readonly bars: readonly StorageBar[];
  /** Weights of the original model: bits per weight are divided by them. */
  readonly weights: number;
  /** Weights that are stored, and those of them that are not 0. */
  readonly own: { readonly weights: number; readonly nonZero: number };
  readonly denseBits: number;
}

const ROW = 38;
const BAR = 16;
const LABEL = 13;

/** Where the bits go, for every way to store the same model: bars of one scale, part by part. */
export function StorageCompare({ bars, weights, own, denseBits }: Props) {
  const drawn = useMemo(() => storageBars(bars), [bars]);
  const stepper = useStepper(bars.length);
  const held = stepper.index === null ? null : bars[stepper.index];
  const readout = held ? storageReadout(held, weights, denseBits) : null;
  const summary = storageSentence(bars, own);
  const [ref, { width }] = useSize();
  const kinds = LEDGER_KINDS.filter((kind) => drawn.some(({ mixed, segments }) => !mixed && segments.some((s) => s.kind === kind)));
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const row = Math.floor((event.clientY - event.currentTarget.getBoundingClientRect().top) / ROW);
    stepper.set(row >= 0 && row < bars.length ? row : null);
  };
  return (
    <ChartFrame
      height="content"
      title="Where the bits go"
      subtitle="the same model in every storage"
      summary={summary}
      readout={readout}
      table={() => storageTable(bars, weights)}
    >
      <ul className={styles.legend} aria-label="Colours">
        {kinds.map((kind) => (
          <li key={kind}>
            <span className={styles.chip} style={{ background: colourOf(kind) }} />
            {kindLabels[kind]}
          </li>
        ))}
      </ul>
      <div
        ref={ref}
        className={styles.bars}
        {...stepper.props('Storages; arrow keys step through them', readout ?? summary)}
        onPointerMove={onPointerMove}
      >
        {width > 0 && (
          <svg aria-hidden="true" className={styles.svg} width={width} height={bars.length * ROW}>
            {drawn.map(({ bar, segments, cut, mixed }, i) => (
              <g
                key={bar.id}
                transform={`translate(0 ${i * ROW})`}
                className={stepper.index === null || stepper.index === i ? '' : styles.dimmed}
              >
                <text className={bar.id === 'file' ? styles.own : styles.label} x={0} y={LABEL - 2}>
                  {bar.label}
                </text>
                <text className={styles.size} x={width} y={LABEL - 2}>
                  {bytesShort(bar.bits / 8)}
                </text>
                {segments.map(({ kind, from, to }) => (
                  <rect
                    key={kind}
                    style={{ fill: mixed ? 'var(--ghost)' : colourOf(kind) }}
                    className={bar.id === 'entropy' ? styles.bound : undefined}
                    x={from * width}
                    y={LABEL + 3}
                    width={Math.max(0.75, (to - from) * width - ((to - from) * width > 3 ? 1 : 0))}
                    height={BAR}
                  />
                ))}
                {cut ? <path className={styles.cut} d={`M${width - 14} ${LABEL + 21}l6 -20M${width - 8} ${LABEL + 21}l6 -20`} /> : null}
              </g>
            ))}
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}
