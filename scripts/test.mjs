/**
 * `npm test`: every check and every test, one after the other; a part that fails or crashes does not stop the others.
 *   npm test -- --only unit,webgpu    some parts
 * Ends with the counts that the runners' own reports give. A check such as the compiler counts as one test.
 */
import './check-node.mjs';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findOrInstallBrowser } from './find-browser.mjs';
import { isBuilt } from './freshness.mjs';
import { prepareData } from './prepare-data.mjs';
import { countCheck, countPlaywright, countVitest, sumCounts, withCrash } from './test-counts.mjs';
import { playwrightFailures, vitestFailures } from './test-failures.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reports = join(root, 'reports');
const MINUTE = 60_000;

/** The program that a package brings, run by this Node: no shell, the same on every system. */
const tool = (path, ...args) => [join(root, 'node_modules', ...path.split('/')), ...args];
const vitest = (name, ...projects) =>
  tool(
    'vitest/vitest.mjs',
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    ...['--reporter=default', '--reporter=json', `--outputFile=reports/${name}.json`],
  );

const parts = [
  { name: 'biome', command: tool('@biomejs/biome/bin/biome', 'check', '.'), limit: 2 * MINUTE },
  { name: 'types', command: tool('typescript/bin/tsc', '--noEmit'), limit: 5 * MINUTE },
  { name: 'knip', command: tool('knip/bin/knip.js'), limit: 5 * MINUTE },
  { name: 'unit', command: vitest('unit', 'unit', 'unit-apart'), count: countVitest, failures: vitestFailures, limit: 10 * MINUTE },
  { name: 'webgpu', command: vitest('webgpu', 'webgpu'), count: countVitest, failures: vitestFailures, browser: true, limit: 15 * MINUTE },
  { name: 'build', command: tool('vite/bin/vite.js', 'build', '--logLevel', 'warn'), limit: 5 * MINUTE },
  { name: 'size', command: [join(root, 'scripts', 'size.mjs')], limit: MINUTE },
  {
    name: 'e2e',
    command: tool('@playwright/test/cli.js', 'test'),
    count: countPlaywright,
    failures: playwrightFailures,
    browser: true,
    limit: 20 * MINUTE,
  },
];

function chosenParts() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only === undefined) return parts;
  const names = values.only.split(',');
  const unknown = names.find((name) => !parts.some((part) => part.name === name));
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}"; there are ${parts.map((part) => part.name).join(', ')}.`);
  const needsBuild = (names.includes('size') || names.includes('e2e')) && !isBuilt(root);
  return parts.filter((part) => names.includes(part.name) || (part.name === 'build' && needsBuild));
}

/** Runs a command with the terminal as its output; resolves with its exit code, null if it was killed or could not start. */
function execute({ command, limit }) {
  // A group of its own, so that the browsers and servers which a stuck runner leaves behind go with it.
  const group = process.platform !== 'win32';
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], detached: group });
  const kill = () => {
    try {
      group ? process.kill(-child.pid, 'SIGKILL') : child.kill('SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  const interrupt = () => {
    kill();
    process.exit(130);
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  return new Promise((done) => {
    const timer = setTimeout(() => {
      console.error(`No end after ${limit / MINUTE} minutes: stopped.`);
      kill();
    }, limit);
    const finish = (code) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
      done(code);
    };
    child.once('error', () => finish(null));
    child.once('exit', finish);
  });
}

function readReport(part, exitCode) {
  try {
    const report = JSON.parse(readFileSync(join(reports, `${part.name}.json`), 'utf8'));
    return { counts: withCrash(part.count(report), exitCode), failures: part.failures(report) };
  } catch (error) {
    return { counts: countCheck(null), failures: [`${part.name} left no report that can be read: ${error.message}`] };
  }
}

async function runPart(part, browserMissing) {
  console.log(`\n── ${part.name}`);
  const started = performance.now();
  let counts;
  let failures = [];
  if (part.browser && browserMissing) {
    failures = [browserMissing];
    counts = countCheck(null);
  } else {
    const file = join(reports, `${part.name}.json`);
    rmSync(file, { force: true });
    const exitCode = await execute(part);
    if (part.count) ({ counts, failures } = readReport(part, exitCode));
    else {
      counts = countCheck(exitCode);
      writeFileSync(file, `${JSON.stringify({ name: part.name, exitCode, ...counts })}\n`);
    }
  }
  return { name: part.name, seconds: (performance.now() - started) / 1000, counts, failures };
}

/** A sentence that says why there is no browser, or ''. */
function openBrowser() {
  try {
    process.env.CHROMIUM = findOrInstallBrowser(console.log);
    return '';
  } catch (error) {
    return error.message;
  }
}

const chosen = chosenParts();
mkdirSync(reports, { recursive: true });
const browserMissing = chosen.some((part) => part.browser) ? openBrowser() : '';
await prepareData(undefined, { root });
const results = [];
for (const part of chosen) results.push(await runPart(part, browserMissing));

console.log('');
for (const { name, failures } of results) for (const failure of failures) console.log(`✗ ${name}: ${failure}\n`);
for (const { name, seconds, counts } of results) {
  const { passed, failed, skipped } = counts;
  console.log(`${name.padEnd(8)} ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds.toFixed(0)} s`);
}
const total = sumCounts(results.map((result) => result.counts));
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
