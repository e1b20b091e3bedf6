/** Records a sweep: runs what is missing, bundles it for the page, and writes its rows to docs/results/. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importSource } from './import-source.mjs';

/**
 * @param {string} root folder of the project
 * @param {string} name of a sweep preset
 * @param options as on the command line: jobs, shard and backend go to `lab sweep`; `from` bundles a folder that is there and runs
 *   nothing; `commit` says where its runs were made; `partial` bundles what is there though runs are missing
 * @param positions where the bundle and the rows are written
 */
export async function recordSweep(root, name, options, places = {}) {
  const { bundles = join(root, 'public', 'recorded', 'sweeps'), results = join(root, 'docs', 'results') } = places;
  const source = await importSource(root, 'src/experiment/recorded/recorded-sweep.ts', 'src/experiment/recorded/bundle.ts');
  const { resultRows } = await importSource(root, 'src/experiment/recorded/result-rows.ts');
  const { ticketRows } = await importSource(root, 'src/experiment/recorded/ticket-rows.ts');
  const { parseKeptRun } = await importSource(root, 'src/experiment/results/kept-run.ts');
  const expected = source.runsToRecord(name);
  const folder = options.from ?? join(root, '.cache', 'record', name);
  if (options.from === undefined) await labSweep(root, name, folder, options);
  const runs = await readRuns(folder, parseKeptRun);
  const missing = Array.from({ length: expected }, (_, index) => index).filter((index) => !runs.has(index));
  if (missing.length > 0 && options.shard !== undefined) {
    console.error(`${missing.length} of ${expected} runs are not there yet: when they are, the same command without --shard bundles them.`);
    return;
  }
  if (missing.length > 0 && !options.partial) {
    const named = missing.slice(0, 8).join(', ') + (missing.length > 8 ? ', …' : '');
    throw new Error(`${missing.length} of ${expected} runs are not in ${folder}: ${named}. --partial bundles what is there.`);
  }
  const command = `npm run record -- ${name}`;
  const recorded = source.bundledSweep(name, runs, command, options.commit ?? '');
  const text = source.recordedSweepText(recorded);
  // What the page could not read shall not be bundled.
  source.parseRecordedSweep(JSON.parse(text));
  await mkdir(bundles, { recursive: true });
  await writeFile(join(bundles, `${name}.json`), text);
  const list = join(bundles, 'index.json');
  const entries = await readFile(list, 'utf8').then((old) => source.parseRecordedIndex(JSON.parse(old)), whereMissing([]));
  await writeFile(list, source.recordedIndexText(source.renewedIndex(entries, recorded)));
  const { commit, backend, adapter, date } = recorded;
  // Lottery tickets have a row for each training, other sweeps one for each run.
  const tickets = ticketRows(recorded);
  const rows = tickets.length > 0 ? tickets : resultRows(recorded);
  const result = { name, command, commit, backend, adapter, date: date.slice(0, 10), rows };
  await mkdir(results, { recursive: true });
  await writeFile(join(results, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  console.error(`${recorded.runs.length} runs of ${name}, ${(text.length / 1000).toFixed(0)} kB, commit ${commit}.`);
}

async function labSweep(root, name, folder, { jobs, shard, backend, partial }) {
  const flags = Object.entries({ jobs, shard, backend }).flatMap(([key, value]) => (value === undefined ? [] : [`--${key}`, value]));
  const command = [join(root, 'scripts', 'lab.mjs'), 'sweep', name, '--out', folder, ...flags];
  const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit' });
  const [code] = await once(child, 'close');
  if (code !== 0 && !partial) throw new Error(`The sweep is not complete; the same command goes on with what is missing.`);
}

/** The runs of a folder by the number of their point. */
async function readRuns(folder, parse) {
  const names = await readdir(folder).catch(() => {
    throw new Error(`${folder} cannot be read.`);
  });
  const runs = new Map();
  for (const name of names) {
    const [, index] = /^run-(\d+)\.json$/.exec(name) ?? [];
    if (index === undefined) continue;
    try {
      runs.set(Number(index), parse(JSON.parse(await readFile(join(folder, name), 'utf8'))));
    } catch (error) {
      throw new Error(`${join(folder, name)} cannot be read: ${error.message}`);
    }
  }
  return runs;
}

function whereMissing(instead) {
  return (error) => {
    if (error.code === 'ENOENT') return instead;
    throw error;
  };
}
