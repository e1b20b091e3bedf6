import type { StageSummary } from '../../experiment/types/events';
import { HelpLabel } from '../../ui/help';
import numbers from './numbers.module.css';
import profile from './profile.module.css';
import { removalWords, speedRows } from './speed-rows';
import styles from './speed-section.module.css';

interface Props {
  /** Finished stages in order. */
  readonly summaries: readonly StageSummary[];
}

/** What each stage has made of operations, measured time and file: pruned weights make the file smaller, removed units also save time. */
export function SpeedSection({ summaries }: Props) {
  const rows = speedRows(summaries);
  const removals = summaries.map(removalWords).filter(Boolean);
  return (
    <section className={numbers.stage} aria-label="Speed and size">
      <h3>Speed and size</h3>
      {rows.length === 0 ? (
        <p className={numbers.note}>Operations, time and file size after each stage are listed here as it finishes.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than a phone is scrolled by keyboard too
        <section className={styles.scroll} aria-label="Speed and size of each stage" tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">after stage</th>
                <th scope="col">operations (MACs)</th>
                <th scope="col">time per image</th>
                <th scope="col">model file</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ stage, name, macs, time, file }) => (
                <tr key={stage}>
                  <th scope="row">{name}</th>
                  <td>{macs}</td>
                  <td>{time}</td>
                  <td>{file}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {removals.map((words) => (
        <p key={words} className={numbers.note}>
          {words}
        </p>
      ))}
      <HelpLabel
        title="Speed and size"
        help="MACs are multiply-accumulate operations for one image. A pruned weight is multiplied like any other, so pruning saves no time; with the stage Encode it makes the file smaller. Removed units make the tensors smaller, which saves both. The time is measured once, over the whole test set in float32 on this device, and varies with what else the device does: a difference of a few percent means nothing."
        className={profile.help}
      >
        What is measured
      </HelpLabel>
    </section>
  );
}
