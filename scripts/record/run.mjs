/** Recorded runs: what the first screen plays until training starts, and the trained weights from which other programs continue. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commitNow } from '../commit-now.mjs';

const execute = promisify(execFile);
/** More than this would be felt when the page starts. */
const MOST_BYTES = 150_000;

/**
 * Runs a preset with the command line and writes public/recorded/runs/<presetId>.json, the model file after its
 * first stage (<presetId>.weights.bin) and the list of all recordings beside it. Rejects with a sentence.
 * @param {string} presetId
 * @param {{ root: string }} options the folder that holds package.json
 * @returns {Promise<{ file: string, bytes: number }>}
 */
export async function recordRun(presetId, { root }) {
  const folder = join(root, 'public', 'recorded', 'runs');
  const commit = await commitNow(root);
  const work = await mkdtemp(join(tmpdir(), 'fewbits-'));
  try {
    const draft = join(work, 'recording.json');
    const weights = join(work, 'weights.bin');
    const options = ['--recording', draft, '--weights', weights];
    await execute(process.execPath, [join(root, 'scripts', 'lab.mjs'), 'run', presetId, ...options], { cwd: root });
    const recording = { ...JSON.parse(await readFile(draft, 'utf8')), commit, command: `npm run record -- ${presetId}` };
    const text = `${JSON.stringify(recording)}\n`;
    if (text.length > MOST_BYTES) throw new Error(`The recording of ${presetId} has ${text.length} bytes, more than ${MOST_BYTES}.`);
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${presetId}.json`);
    await writeFile(file, text);
    await copyFile(weights, join(folder, `${presetId}.weights.bin`));
    await writeList(folder);
    return { file, bytes: text.length };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Which experiments have a recording: file name to link. The page looks here before it loads one. */
async function writeList(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json') && name !== 'list.json').sort();
  const links = await Promise.all(names.map(async (name) => [name, JSON.parse(await readFile(join(folder, name), 'utf8')).link]));
  await writeFile(join(folder, 'list.json'), `${JSON.stringify(Object.fromEntries(links), null, 2)}\n`);
}
