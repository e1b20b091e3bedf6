import type { RunRecord } from '../experiment/events';

/** A run record as the text of a JSON file: indented, ending in a line feed. What is not a finite number becomes null. */
export function recordText(record: RunRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
