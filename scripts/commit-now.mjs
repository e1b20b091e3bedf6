import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The commit of the checkout in `root`, with "+" after it if src/ differs from it; rejects where there is no git or no checkout. */
export async function commitNow(root) {
  const git = async (...args) => (await execute('git', args, { cwd: root })).stdout.trim();
  return (await git('rev-parse', '--short', 'HEAD')) + ((await git('status', '--porcelain', '--', 'src')) === '' ? '' : '+');
}
