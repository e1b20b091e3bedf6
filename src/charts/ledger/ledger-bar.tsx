import { type PointerEvent, type ReactNode, useMemo } from 'react';
import type { Ledger, LedgerKind } from '../../numerics/measures/ledger';
import { bits, bitsShort, count, percent } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { useSize } from '../shared/use-size';
import { useStepper } from '../shared/use-stepper';
import styles from './ledger-bar.module.css';
import { colourOf } from './ledger-colours';
import { comparison, type LedgerGroup, ledgerGroups, ledgerSummary, orderedParts, partReadout, segments } from './ledger-layout';

interface Props {
  readonly ledger: Ledger | null;
  /** Controls beside the title. */
  readonly tools?: ReactNode;
}

const GHOST = 'M0 6H100V14H0Z M0 24H14V32H0Z M14 32L100 44 M0 32V44 M0 44H100V56H0Z M58 44V56 M82 44V56';
/** Heights in pixels: of a bar, and where each row begins. The last row is a little higher. */
const TIGHT = { bar: 14, dense: 15, stored: 44, parts: 72 };
const ROOMY = { bar: 20, dense: 15, stored: 54, parts: 98 };
const LAST_ROW_MORE = 8;
const GROUP_ROW = 18;
/** More groups than this are closer together. */
const MANY = 5;

/** Where the bits go: the file beside float32 at one scale, then the file alone, enlarged, part by part. */
export function LedgerBar({ ledger, tools }: Props) {
  const parts = useMemo(() => (ledger ? orderedParts(ledger) : []), [ledger]);
  const stepper = useStepper(parts.length);
  const held = stepper.index === null ? null : parts[stepper.index];
  const readout = ledger && held ? partReadout(held, ledger) : null;
  const [ref, { height }] = useSize();
  const groups = useMemo(() => (ledger ? ledgerGroups(ledger) : []), [ledger]);
  const roomy = height > ROOMY.parts + ROOMY.bar + 3 * LAST_ROW_MORE + groups.length * GROUP_ROW;
  return (
    <ChartFrame
      title="Where the bits go"
      subtitle="every bit of the model file"
      summary={ledger ? ledgerSummary(ledger) : ''}
      readout={readout}
      tools={tools}
      table={() => ({
        head: ['part', 'bits', 'share'],
        rows: ledger ? parts.map((p) => [p.name, count(p.bits), percent(p.bits / ledger.totalBits)]) : [],
      })}
      empty={ledger ? undefined : { text: 'When a stage is done, every bit of the model file is counted here.', ghost: GHOST }}
    >
      {ledger && (
        <div ref={ref} className={styles.layout}>
          <Bars ledger={ledger} rows={roomy ? ROOMY : TIGHT} stepper={stepper} readout={readout} />
          <Groups groups={groups} held={held?.kind ?? null} />
        </div>
      )}
    </ChartFrame>
  );
}

interface BarsProps {
  readonly ledger: Ledger;
  readonly rows: typeof TIGHT;
  readonly stepper: ReturnType<typeof useStepper>;
  readonly readout: string | null;
}

function Bars({ ledger, rows, stepper, readout }: BarsProps) {
  const [ref, { width }] = useSize();
  const largest = Math.max(ledger.denseBits, ledger.totalBits);
  const dense = (ledger.denseBits / largest) * width;
  const stored = Math.max(2, (ledger.totalBits / largest) * width);
  const drawn = segments(ledger);
  const zoom = rows.stored + rows.bar;
  const label = `${bitsShort(ledger.totalBits)} this file, ${comparison(ledger)}`;
  const hue = ledger.parts.some((part) => part.kind === 'codes') ? 'stored' : 'latent';
  const beside = stored + 8 + label.length * 6.6 < width;

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = (event.clientX - box.left) / width;
    const inParts = event.clientY - box.top >= zoom;
    const i = drawn.findIndex((s) => at >= s.from && at < s.to);
    stepper.set(inParts && i >= 0 ? i : null);
  };

  return (
    <div
      ref={ref}
      className={styles.bars}
      {...stepper.props('Parts of the model file; arrow keys step through them', readout ?? ledgerSummary(ledger))}
      onPointerMove={onPointerMove}
    >
      {width > 0 && (
        <svg aria-hidden="true" className={styles.svg} width={width} height={rows.parts + rows.bar + LAST_ROW_MORE}>
          <text className={styles.label} x={0} y={10}>
            {bitsShort(ledger.denseBits)} dense float32
          </text>
          <rect className={styles.dense} x={0.5} y={rows.dense + 0.5} width={Math.max(1, dense - 1)} height={rows.bar - 1} rx={2} />
          <text className={styles.label} x={beside ? stored + 8 : 0} y={beside ? rows.stored + rows.bar / 2 + 4 : rows.stored - 4}>
            {label}
          </text>
          <path className={styles.zoom} style={{ fill: `var(--${hue}-soft)` }} d={`M0 ${zoom}H${stored}L${width} ${rows.parts}H0Z`} />
          <rect style={{ fill: `var(--${hue})` }} x={0} y={rows.stored} width={stored} height={rows.bar} rx={Math.min(2, stored / 2)} />
          {drawn.map(({ part, from, to }, i) => {
            const gap = (to - from) * width > 3 ? 1 : 0;
            return (
              <rect
                key={`${part.kind} ${part.name}`}
                className={stepper.index === null || stepper.index === i ? styles.part : styles.dimmed}
                style={{ fill: colourOf(part.kind) }}
                x={from * width}
                y={rows.parts}
                width={Math.max(0.75, (to - from) * width - gap)}
                height={rows.bar + LAST_ROW_MORE}
              />
            );
          })}
        </svg>
      )}
    </div>
  );
}

function Groups({ groups, held }: { groups: readonly LedgerGroup[]; held: LedgerKind | null }) {
  return (
    <table className={styles.groups} data-many={groups.length > MANY || undefined}>
      <tbody>
        {groups.map((group) => (
          <tr key={group.kind} className={held === group.kind ? styles.held : undefined}>
            <th scope="row">
              <span className={styles.chip} style={{ background: colourOf(group.kind) }} />
              {group.label}
            </th>
            <td>{bits(group.bits)}</td>
            <td className={styles.share}>{percent(group.share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
