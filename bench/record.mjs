/** Writing the numbers down, with all that is needed to make them again. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * @param result {name, command, backend, adapter, browser, rows, notes}
 * @param merge its rows take the place of their like in what the file holds, or come after the others; each says how it was made
 */
export function writeRecord(root, out, { name, command, ...rest }, merge = false) {
  const made = {
    command,
    commit: commitOf(root),
    date: new Date().toISOString().slice(0, 10),
    processors: `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  };
  const path = join(root, out);
  const held = merge && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
  const record = held ? { ...held, rows: mergedRows(held.rows, rest.rows, made) } : { name, ...made, ...rest };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(record, null, 1)}\n`);
  return record;
}

function mergedRows(held, rows, made) {
  const keyOf = ({ measure, model, batch, peerName }) => JSON.stringify([measure, model, batch, peerName]);
  const marked = new Map(rows.map((row) => [keyOf(row), { ...row, made }]));
  const kept = held.map((row) => {
    const replacement = marked.get(keyOf(row));
    marked.delete(keyOf(row));
    return replacement ?? row;
  });
  return [...kept, ...marked.values()];
}

/** The commit, with "+" after it if the sources differ from it; '' outside git. */
function commitOf(root) {
  try {
    const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return git('rev-parse', '--short=12', 'HEAD') + (git('status', '--porcelain', '--', 'src', 'bench') === '' ? '' : '+');
  } catch {
    return '';
  }
}
