/**
 * The command line of the lab: `npm run -s lab -- --help`. Bundles src/cli with esbuild (half a second) and runs it,
 * so that the same TypeScript sources serve the browser and Node.
 */
import './check-node.mjs';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { commitNow } from './commit-now.mjs';
import { prepareData } from './prepare-data.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const DAY = 24 * 60 * 60 * 1000;

// CommonJS packages inside an ES module expect these.
const banner = `import { createRequire as fewbitsCreateRequire } from 'node:module';
import { fileURLToPath as fewbitsFileURLToPath } from 'node:url';
const require = fewbitsCreateRequire(import.meta.url);
const __filename = fewbitsFileURLToPath(import.meta.url);
const __dirname = fewbitsFileURLToPath(new URL('.', import.meta.url));`;

async function bundle() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // tfjs's ES modules rather than its Node builds, which would bring a second copy of its core.
    mainFields: ['module', 'main'],
    external: ['webgpu'],
    banner: { js: banner },
    logLevel: 'error',
  });
  return outputFiles[0].contents;
}

/** Writes the bundle under its own digest, so that commands that run at the same time never see half a file. */
function store(contents) {
  const folder = join(root, 'node_modules', '.cache', 'fewbits');
  const file = join(folder, `lab-${createHash('sha256').update(contents).digest('hex').slice(0, 16)}.mjs`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (Date.now() - statSync(join(folder, name)).mtimeMs > DAY) rmSync(join(folder, name), { force: true });
  }
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
  return file;
}

const { main } = await import(pathToFileURL(store(await bundle())).href);
const code = await main(process.argv.slice(2), { root, prepareData, commit: () => commitNow(root).catch(() => '') });
// Output goes through pipes that may still be draining; a GPU device would keep Node alive forever.
process.exitCode = code;
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));
process.exit();
