import { build } from 'esbuild';

/** Imports TypeScript sources of the project, bundled into one module. @param paths relative to `root` */
export async function importSource(root, ...paths) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: paths.map((path) => `export * from './${path}';`).join('\n'), resolveDir: root },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
