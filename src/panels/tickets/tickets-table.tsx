import { SpreadBar } from '../../charts/comparison/spread-bar';
import {
  earlyAccuracy,
  earlyStep,
  endAccuracy,
  type Spread,
  spreadOf,
  type TicketGroup,
  verdictOn,
} from '../../experiment/results/ticket-groups';
import { percent } from '../../numerics/measures/number-words';
import { accuracyText, comparisonText, kindName, stepText, verdictText } from './ticket-words';
import styles from './tickets.module.css';

interface Columns {
  readonly group: TicketGroup;
  readonly step: Spread | null;
  readonly early: Spread | null;
  readonly end: Spread | null;
}

/** A row for each network that was trained: the dense one, each round's ticket, and the controls. */
export function TicketsTable({ groups }: { readonly groups: readonly TicketGroup[] }) {
  const dense = groups.find(({ kind }) => kind === 'dense');
  const rows = groups.map(
    (group): Columns => ({
      group,
      step: spreadOf(group, earlyStep),
      early: spreadOf(group, earlyAccuracy),
      end: spreadOf(group, endAccuracy),
    }),
  );
  const reference = rows.find(({ group }) => group === dense);
  const steps = rangeOf(
    rows.map(({ step }) => step),
    0,
  );
  const accuracies = rangeOf(rows.flatMap(({ early, end }) => [early, end]));
  return (
    <>
      <p className={styles.caption}>
        Mean over seeds ± standard deviation, also as bars; the dashed line is the dense network. #Iter is the training step at which
        validation loss is lowest.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label="Networks compared">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Network</th>
              <th scope="col">Weights left</th>
              <th scope="col">#Iter, steps</th>
              <th scope="col">Test accuracy at #Iter</th>
              <th scope="col">Test accuracy at the end</th>
              <th scope="col">Compared with the dense network</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ group, step, early, end }) => {
              const verdict = verdictOn(group, dense);
              const wins = verdict?.kind === 'ticket' && verdict.winning === verdict.compared;
              return (
                <tr key={group.key} data-kind={group.kind}>
                  <th scope="row">{kindName(group.kind)}</th>
                  <td>{percent(group.remaining)}</td>
                  <Cell text={stepText(step)} spread={step} range={steps} reference={reference?.step?.mean} />
                  <Cell text={accuracyText(early)} spread={early} range={accuracies} reference={reference?.early?.mean} />
                  <Cell text={accuracyText(end)} spread={end} range={accuracies} reference={reference?.end?.mean} />
                  <td>
                    <span className={wins ? styles.wins : undefined}>{verdictText(verdict)}</span>
                    <span className={styles.beside}>{comparisonText(verdict)}</span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </>
  );
}

interface CellProps {
  readonly text: string;
  readonly spread: Spread | null;
  readonly range: readonly [number, number];
  readonly reference: number | undefined;
}

function Cell({ text, spread, range, reference }: CellProps) {
  return (
    <td className={styles.figure}>
      {text}
      {spread ? <SpreadBar mean={spread.mean} deviation={spread.deviation} range={range} reference={reference} /> : null}
    </td>
  );
}

/** From the lowest to the highest end of an error bar. @param low where the range begins, if it is known */
function rangeOf(spreads: readonly (Spread | null)[], low?: number): readonly [number, number] {
  const known = spreads.flatMap((spread) => spread ?? []);
  const ends = known.flatMap(({ mean, deviation }) => [mean - deviation, mean + deviation]);
  return ends.length === 0 ? [0, 1] : [low ?? Math.min(...ends), Math.max(...ends)];
}
