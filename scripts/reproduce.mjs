#!/usr/bin/env node
/**
 * Makes docs/results/<name>.json and the table of the page beside it, by running the command line once for each row:
 *   npm run -s reproduce -- first-light [--jobs 2] [--rows 3,16..]
 * Several jobs are as many processes at once; the rows and their order do not depend on it. --rows makes some of the rows, counted
 * from 1 (3, 8..10, or 16.. for the 16th and all after it); the others stay as docs/results/<name>.json has them; those before one that is
 * made must be there.
 * A new row belongs at the end of a list, so that the others keep their position.
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
import { deepCompression } from './reproduce/deep-compression.mjs';
import { descentE5m2 } from './reproduce/descent-e5m2.mjs';
import { firstLight } from './reproduce/first-light.mjs';
import { gupta } from './reproduce/gupta.mjs';
import { obdCurve } from './reproduce/obd-curve.mjs';
import { quantizersMnist } from './reproduce/quantizers-mnist.mjs';
import { thesisLambdaMnist } from './reproduce/thesis-lambda-mnist.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'docs', 'results');
const reproductions = [binaryConnectMnist, deepCompression, descentE5m2, firstLight, gupta, obdCurve, thesisLambdaMnist, quantizersMnist];
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
  // All keys of all rows, each after the one that it follows in its row.
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

/**
 * @param text rows counted from 1: "3,8..10,16.." @param count how many rows there are
 * @returns {Set<number> | undefined} their indexes, from 0; undefined if it names none, or one that there is not
 */
function rowsNamed(text, count) {
  const rows = new Set();
  for (const part of text.split(',')) {
    const [, first, range, last] = /^(\d+)(\.\.(\d*))?$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(range ? last || count : first)];
    if (!(from >= 1 && from <= to && to <= count)) return undefined;
    for (let row = from; row <= to; row++) rows.add(row - 1);
  }
  return rows;
}

/** What the file of results holds, or an empty one. */
async function existing(name) {
  const text = await readFile(join(results, `${name}.json`), 'utf8').catch(() => '{ "rows": [] }');
  return JSON.parse(text);
}

/** "a, b": what each part of a result says, old ones first. */
function joined(...texts) {
  return [...new Set(texts.flatMap((text) => text?.split(', ') ?? []))].join(', ');
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
  const options = { jobs: { type: 'string', default: '1' }, rows: { type: 'string' } };
  const { positionals, values } = readArguments({ allowPositionals: true, options });
  const [name] = positionals;
  const reproduction = reproductions.find((entry) => entry.name === name);
  const jobs = Number(values.jobs);
  if (!reproduction || !Number.isInteger(jobs) || jobs < 1)
    refuse(`Name a result to make: ${reproductions.map((entry) => entry.name).join(', ')}; --jobs takes a whole number.`);
  // What is only computed has rows and no runs.
  const { runs = [] } = reproduction;
  const chosen = rowsNamed(values.rows ?? '1..', Math.max(1, runs.length));
  if (!chosen || (values.rows && runs.length === 0))
    refuse(`${name} has ${runs.length} rows to run; --rows takes some of them, counted from 1, as in 3,8..10,16.. .`);
  const old = values.rows ? await existing(name) : { rows: [] };
  const missing = runs.findIndex((_, i) => !chosen.has(i) && !old.rows[i]);
  if (missing >= 0 && missing < Math.max(...chosen))
    refuse(`docs/results/${name}.json has ${old.rows.length} rows, and not the one with number ${missing + 1}, which --rows leaves out.`);
  // Before the runs: a commit made meanwhile did not make them.
  const commit = joined(old.commit, await commitNow(root));
  const made = runs.filter((_, i) => chosen.has(i));
  const records = await allRuns(made, jobs);
  const remade = records.map((record, i) => reproduction.row(made[i], record)).values();
  const rows = (await reproduction.rows?.()) ?? runs.flatMap((_, i) => (chosen.has(i) ? remade.next().value : (old.rows[i] ?? [])));
  const backend = joined(old.backend, records[0]?.backend.name ?? 'none');
  const adapter = joined(old.adapter, records[0]?.backend.adapter ?? '');
  const command = `npm run -s reproduce -- ${name}`;
  const date = joined(old.date, new Date().toISOString().slice(0, 10));
  const result = { name, command, commit, backend, adapter, date, rows };
  await mkdir(results, { recursive: true });
  await writeFile(join(results, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  const pagePath = join(results, `${name}.md`);
  const comment = await readFile(pagePath, 'utf8').then(
    (page) => page.split('\n## What it shows\n')[1] ?? '\n',
    () => '\n',
  );
  const origin = `Made by \`${command}\` on ${date}, backend ${backend}, commit ${commit}. Data: [${name}.json](${name}.json).`;
  await writeFile(
    pagePath,
    `# ${reproduction.title}\n\n${reproduction.about}\n\n${origin}\n\n${table(rows)}\n\n## What it shows\n${comment}`,
  );
}

function readArguments(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    return refuse(error.message);
  }
}

function refuse(sentence) {
  console.error(sentence);
  process.exit(2);
}

await main();
