#!/usr/bin/env node
/**
 * Makes docs/results/<name>.json and the table of the page beside it, by running the command line once for each row:
 *   npm run -s reproduce -- first-light [--jobs 2]
 * Several jobs are as many processes at once; the rows and their order do not depend on it.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { commitNow } from './commit-now.mjs';
import { binaryConnectMnist } from './reproduce/binary-connect-mnist.mjs';
import { descentE5m2 } from './reproduce/descent-e5m2.mjs';
import { firstLight } from './reproduce/first-light.mjs';
import { gupta } from './reproduce/gupta.mjs';
import { quantizersMnist } from './reproduce/quantizers-mnist.mjs';
import { thesisLambdaMnist } from './reproduce/thesis-lambda-mnist.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'docs', 'results');
const reproductions = [binaryConnectMnist, descentE5m2, firstLight, gupta, thesisLambdaMnist, quantizersMnist];
const execute = promisify(execFile);

/** One run of the command line. @returns {Promise<object>} the record that `lab run --json` prints */
async function labRun({ preset, settings }) {
  const sets = settings.flatMap((setting) => ['--set', setting]);
  const { stdout } = await execute(process.execPath, [join(root, 'scripts', 'lab.mjs'), 'run', preset, ...sets, '--json'], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

function cell(key, value) {
  if (key.endsWith('Accuracy')) return `${(100 * value).toFixed(2)} %`;
  if (typeof value === 'number' && value !== 0 && Math.abs(value) < 1e-3) return String(value);
  return typeof value === 'number' ? value.toLocaleString('en-US') : String(value ?? '');
}

function table(rows) {
  // All keys of all rows, each behind the one that it follows in its row.
  const keys = [];
  for (const row of rows) {
    for (const [i, key] of Object.keys(row).entries())
      if (!keys.includes(key)) keys.splice(keys.indexOf(Object.keys(row)[i - 1]) + 1, 0, key);
  }
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(keys), line(keys.map(() => '---')), ...rows.map((row) => line(keys.map((key) => cell(key, row[key]))))].join('\n');
}

/** Runs links through `lab sweep`, which trains stages that they share once. @returns {Promise<object[]>} their records, in order */
async function sweepLinks(links, jobs) {
  const folder = await mkdtemp(join(tmpdir(), 'fewbits-'));
  try {
    const child = spawn(process.execPath, [join(root, 'scripts', 'lab.mjs'), 'sweep', ...links, '--out', folder, '--jobs', String(jobs)], {
      cwd: root,
      stdio: 'inherit',
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`lab sweep ended with ${code}.`);
    const names = (await readdir(folder)).sort();
    return await Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')).record));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs all, `jobs` at a time. @returns {Promise<object[]>} their records, in order */
async function allRuns(runs, jobs) {
  const links = runs.flatMap(({ link }) => link ?? []);
  if (links.length > 0) return sweepLinks(links, jobs);
  const records = new Array(runs.length);
  const queue = runs.entries();
  let done = 0;
  const work = async () => {
    for (const [i, run] of queue) {
      records[i] = await labRun(run);
      done += 1;
      const settings = [run.preset, ...run.settings].join(' ');
      console.error(`${done} of ${runs.length}: ${settings} → ${cell('testAccuracy', records[i].testAccuracy)}`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return records;
}

async function main() {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { jobs: { type: 'string', default: '1' } } });
  const [name] = positionals;
  const reproduction = reproductions.find((entry) => entry.name === name);
  const jobs = Number(values.jobs);
  if (!reproduction || !Number.isInteger(jobs) || jobs < 1) {
    console.error(`Name a result to make: ${reproductions.map((entry) => entry.name).join(', ')}; --jobs takes a whole number.`);
    process.exit(2);
  }
  // Before the runs: a commit made meanwhile did not make them.
  const commit = await commitNow(root);
  // What is only computed has rows and no runs.
  const records = await allRuns(reproduction.runs ?? [], jobs);
  const rows = (await reproduction.rows?.()) ?? records.map((record, i) => reproduction.row(reproduction.runs[i], record));
  const backend = records[0]?.backend ?? { name: 'none', adapter: '' };
  const command = `npm run -s reproduce -- ${name}`;
  const date = new Date().toISOString().slice(0, 10);
  const result = { name, command, commit, backend: backend.name, adapter: backend.adapter, date, rows };
  await mkdir(results, { recursive: true });
  await writeFile(join(results, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  const pagePath = join(results, `${name}.md`);
  const comment = await readFile(pagePath, 'utf8').then(
    (page) => page.split('\n## What it shows\n')[1] ?? '\n',
    () => '\n',
  );
  const made = `Made by \`${command}\` on ${date}, backend ${backend.name}, commit ${commit}. Data: [${name}.json](${name}.json).`;
  await writeFile(
    pagePath,
    `# ${reproduction.title}\n\n${reproduction.about}\n\n${made}\n\n${table(rows)}\n\n## What it shows\n${comment}`,
  );
}

await main();
