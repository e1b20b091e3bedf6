/** Writing the numbers down, with all that is needed to make them again. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname, join } from 'node:path';

/** @param result {name, command, backend, adapter, browser, rows, notes} */
export function writeRecord(root, out, { name, command, ...rest }) {
  const record = {
    name,
    command,
    commit: commitOf(root),
    date: new Date().toISOString().slice(0, 10),
    processors: `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    ...rest,
  };
  const path = join(root, out);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(record, null, 1)}\n`);
  return record;
}

/** The commit, with "+" behind it if the sources differ from it; '' outside git. */
function commitOf(root) {
  try {
    const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return git('rev-parse', '--short=12', 'HEAD') + (git('status', '--porcelain', '--', 'src', 'bench') === '' ? '' : '+');
  } catch {
    return '';
  }
}
