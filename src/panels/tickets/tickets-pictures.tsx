import { CurveOverlay } from '../../charts/comparison/curve-overlay';
import { MOST_LINES } from '../../charts/comparison/line-styles';
import { InputMap } from '../../charts/weights/input-map';
import { meanCurve, type TicketGroup } from '../../experiment/results/ticket-groups';
import { percent } from '../../numerics/measures/number-words';
import { groupName } from './ticket-words';
import styles from './tickets.module.css';

/** The validation curves: of the tickets, and of the smallest ticket beside its controls; and which input pixels its masks use. */
export function TicketsPictures({ groups }: { readonly groups: readonly TicketGroup[] }) {
  const dense = groups.filter(({ kind }) => kind === 'dense').slice(0, 1);
  const tickets = groups.filter(({ kind }) => kind === 'ticket');
  const controls = groups.filter(({ kind }) => kind === 'reinit' || kind === 'shuffled' || kind === 'random');
  const levels = new Set(controls.map(({ remaining }) => remaining.toFixed(4)));
  const beside = tickets.filter(({ remaining }) => levels.has(remaining.toFixed(4))).slice(-1);
  return (
    <>
      <div className={styles.charts}>
        <Curves title="Validation accuracy of the tickets" groups={[...dense, ...tickets.slice(1 - MOST_LINES)]} />
        {controls.length > 0 ? (
          <Curves title="The ticket and its controls" groups={[...dense, ...beside, ...controls].slice(0, MOST_LINES)} />
        ) : null}
      </div>
      <Maps groups={[...tickets, ...controls.filter(({ kind }) => kind !== 'reinit')]} />
    </>
  );
}

function Curves({ title, groups }: { readonly title: string; readonly groups: readonly TicketGroup[] }) {
  return (
    <CurveOverlay
      title={title}
      curves={groups.map((group) => ({ name: groupName(group), points: meanCurve(group) }))}
      text={(value) => percent(value, 2)}
      tickText={(value) => percent(value, value * 100 === Math.round(value * 100) ? 0 : 1)}
    />
  );
}

/** Of the first seed. Only square grey images: other inputs are no picture. */
function Maps({ groups }: { readonly groups: readonly TicketGroup[] }) {
  const maps = groups.flatMap((group) => {
    const inputs = group.trainings[0]?.inputs;
    const width = inputs ? Math.sqrt(inputs.length) : 0;
    return inputs && Number.isInteger(width) ? [{ group, inputs, width }] : [];
  });
  if (maps.length === 0) return null;
  return (
    <section className={styles.block} aria-labelledby="tickets-masks">
      <h3 id="tickets-masks">Input pixels that the masks keep</h3>
      <p className={styles.beside}>
        Each picture has one dot per input pixel. The stronger the dot, the more of the pixel’s weights in the first layer are kept. All
        pictures are of the first seed.
      </p>
      <div className={styles.maps}>
        {maps.map(({ group, inputs, width }) => (
          <InputMap key={group.key} kept={inputs} width={width} caption={groupName(group)} />
        ))}
      </div>
    </section>
  );
}
