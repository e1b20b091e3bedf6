/** The contenders in Node processes of their own, so that no two share a global; only one computes at a time. */
import { fork } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { withTimeout } from './timeout.mjs';

// CommonJS packages inside an ES module expect these.
const banner = `import { createRequire as benchCreateRequire } from 'node:module';
import { dirname as benchDirname } from 'node:path';
import { fileURLToPath as benchFileURLToPath } from 'node:url';
const require = benchCreateRequire(import.meta.url);
const __filename = benchFileURLToPath(import.meta.url);
const __dirname = benchDirname(__filename);`;

/** @returns {call, end, close} */
export async function startProcesses(root) {
  // Inside the project, so that the optional package that is not bundled can be found.
  const folder = join(root, 'node_modules', '.cache', 'fewbits', `bench-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['ours', 'tfjs', 'jax', 'sweep'].map((kind) => `bench/processes/${kind}.ts`),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['webgpu'],
    banner: { js: banner },
    logLevel: 'error',
  });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);

  // Drivers complain about its absence.
  const env = { XDG_RUNTIME_DIR: folder, ...process.env };
  const children = new Map();
  const start = (worker, kind) => {
    const started = fork(join(folder, `${kind}.mjs`), { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const child = { process: started, waiting: new Map() };
    started.on('message', ({ id, result, error }) => {
      const call = child.waiting.get(id);
      child.waiting.delete(id);
      if (error === undefined) call?.resolve(result);
      else call?.reject(new Error(error));
    });
    started.on('exit', (code, signal) => {
      if (children.get(worker) === child) children.delete(worker);
      for (const call of child.waiting.values()) call.reject(new Error(`the process ended with ${signal ?? code}`));
    });
    children.set(worker, child);
    return child;
  };
  const end = (worker) => {
    children.get(worker)?.process.kill('SIGKILL');
    children.delete(worker);
  };
  let calls = 0;
  return {
    call(worker, kind, method, args, timeoutMs) {
      const child = children.get(worker) ?? start(worker, kind);
      const answer = new Promise((resolve, reject) => {
        const id = ++calls;
        child.waiting.set(id, { resolve, reject });
        child.process.send({ id, method, args });
      });
      return withTimeout(answer, timeoutMs, `${worker} did not answer ${method} in ${timeoutMs / 60_000} minutes`);
    },
    end,
    close() {
      for (const worker of [...children.keys()]) end(worker);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
