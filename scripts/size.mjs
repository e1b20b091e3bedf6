/**
 * `npm run size`: what the page loads for its first paint, from the manifest of the build. Fails above the budget. What comes later
 * is not counted: what waits for the engine (the pictures of the right column), for data (plots) or for a person (dialogs, forms,
 * formulas).
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

/** JavaScript on the main thread at first paint, gzipped, in bytes. */
const BUDGET = 200_000;
/** A name that every copy of the engine carries and minification keeps. */
const ENGINE_MARK = 'TensorFlow.js';

/** Panels in chunks of their own that the first screen loads. */
export const FIRST_SCREEN = ['src/panels/results/results-panel.tsx'];

/** Files of the entry, of the chunks named by `first`, and of everything that they import statically. */
export function firstPaintFiles(manifest, first = []) {
  const files = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) visit(key);
  for (const key of first) {
    if (!manifest[key]) throw new Error(`The build has no chunk for ${key}: name what the first screen loads in scripts/size.mjs.`);
    visit(key);
  }
  return [...files];
}

function main(root) {
  const path = join(root, 'dist', '.vite', 'manifest.json');
  if (!existsSync(path)) throw new Error('There is no build to measure: run "npm run build" first.');
  const files = firstPaintFiles(JSON.parse(readFileSync(path, 'utf8')), FIRST_SCREEN).filter((file) => file.endsWith('.js'));
  if (files.length === 0) throw new Error('The manifest of the build names no entry.');
  const chunks = files.map((file) => {
    const source = readFileSync(join(root, 'dist', file));
    return { file, bytes: gzipSync(source, { level: 9 }).length, engine: source.includes(ENGINE_MARK) };
  });
  const total = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
  for (const { file, bytes } of chunks) console.log(`${kilobytes(bytes)}  ${file}`);
  console.log(`${kilobytes(total)}  JavaScript at first paint, gzipped; the budget is ${kilobytes(BUDGET).trim()}`);
  const engine = chunks.find((chunk) => chunk.engine);
  if (engine) throw new Error(`${engine.file} holds the engine, which belongs in the worker.`);
  if (total > BUDGET) throw new Error('The page loads more JavaScript than the budget allows before it can paint.');
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1).padStart(6)} kB`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    main(dirname(dirname(fileURLToPath(import.meta.url))));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
