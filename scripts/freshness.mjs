import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the built app is made from, relative to the project's folder. */
const SOURCES = ['index.html', 'package-lock.json', 'public', 'src', 'tsconfig.json', 'vite.config.ts'];

/** Latest modification time (ms) of a file, or of any file or folder below it; 0 where there is nothing. */
export function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}

/** True if dist/ holds a build that is newer than everything it is made from. */
export function isBuilt(root) {
  const built = statSync(join(root, 'dist', 'index.html'), { throwIfNoEntry: false });
  return built !== undefined && SOURCES.every((source) => newest(join(root, source)) < built.mtimeMs);
}
