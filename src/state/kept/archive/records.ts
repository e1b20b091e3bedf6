/** Checks what the database holds record by record: one that is damaged does not hide the others. */

/** A record that cannot be read, as it is. */
export interface BrokenRecord {
  readonly store: 'runs' | 'sweeps';
  /** Its key in the database. */
  readonly key: IDBValidKey;
  /** One sentence. */
  readonly reason: string;
  readonly raw: unknown;
}

/** What could be read, the oldest first, and what could not. */
export interface ReadRecords<T> {
  readonly found: readonly T[];
  readonly broken: readonly BrokenRecord[];
}

/** Records that are checked before the page may draw again: checking hundreds takes longer than a frame. */
const AT_A_TIME = 20;

/** @param read throws an Error with a sentence */
export async function readRecords<T extends { readonly createdAt: string; readonly id: string }>(
  store: BrokenRecord['store'],
  records: readonly unknown[],
  read: (record: unknown) => T,
): Promise<ReadRecords<T>> {
  const found: T[] = [];
  const broken: BrokenRecord[] = [];
  for (const [i, raw] of records.entries()) {
    if (i > 0 && i % AT_A_TIME === 0) await new Promise((resolve) => setTimeout(resolve));
    try {
      found.push(read(raw));
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'It has another structure.';
      broken.push({ store, key: (raw as { readonly id: IDBValidKey }).id, reason, raw });
    }
  }
  return { found: found.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id)), broken };
}
