/** Why something could not be saved or read, as one sentence for the user. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** Said where another tab has changed the database. */
export const OUTDATED =
  'A newer version of this page has changed the saved runs, perhaps in another tab. Reload this page to see and save runs.';
const NO_DATABASE = 'it gives this page no database, as in a private window or where storage is blocked.';

/** What was attempted; a sentence says that it was not possible. */
export type Attempt = 'open' | 'save' | 'read';

/** The sentence about what the browser reports in words of its own. */
export function archiveError(error: unknown, attempt: Attempt): ArchiveError {
  if (error instanceof ArchiveError) return error;
  const name = nameOf(error);
  if (name === 'VersionError') return new ArchiveError(OUTDATED);
  if (attempt === 'open') return new ArchiveError(`Runs cannot be saved in this browser: ${NO_DATABASE}`);
  if (attempt === 'read')
    return new ArchiveError('The saved runs cannot be read: the browser does not give them. Reload the page to try again.');
  if (name === 'QuotaExceededError') return new ArchiveError('The disk is full: the run is not saved. Remove some, or export them first.');
  if (name === 'DataCloneError') return new ArchiveError('The run is not saved: it contains something that the browser cannot store.');
  return new ArchiveError('The run is not saved: the browser did not accept it. Try again, or export it.');
}

/** Whether the connection is dead: another one may work. */
export function isDead(error: unknown): boolean {
  return ['InvalidStateError', 'AbortError', 'UnknownError'].includes(nameOf(error));
}

function nameOf(error: unknown): string {
  return error instanceof DOMException || error instanceof Error ? error.name : '';
}
