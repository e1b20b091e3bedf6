import { plural } from '../../numerics/measures/number-words';
import type { BrokenRecord } from '../../state/kept/archive/records';
import { removeBroken, useRuns } from '../../state/kept/runs-store';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { saveFile } from '../../ui/save-file';
import styles from './runs.module.css';

/** What the browser has saved and cannot be read: the others are listed nevertheless. */
export function BrokenRecords() {
  const broken = useRuns((s) => s.broken);
  if (broken.length === 0) return null;
  return (
    <Notice tone="warning">
      <p>{plural(broken.length, 'saved record')} cannot be read. The other runs are not affected.</p>
      <ul className={styles.broken} aria-label="Records that cannot be read">
        {broken.map((record) => (
          <li key={`${record.store} ${String(record.key)}`}>
            <span>
              {record.store === 'runs' ? 'Run' : 'Sweep'} “{String(record.key)}”: {record.reason}
            </span>
            <span className={styles.brokenButtons}>
              <Button small onPress={() => saveRaw(record)} label={`Export raw: ${String(record.key)}`}>
                Export raw
              </Button>
              <Button small variant="quiet" onPress={() => void removeBroken(record)} label={`Remove: ${String(record.key)}`}>
                Remove
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function saveRaw({ key, raw }: BrokenRecord): void {
  saveFile(`${JSON.stringify(raw, null, 2)}\n`, `fewbits-record-${String(key).replace(/[^\w-]+/g, '-')}.json`, 'application/json');
}
