/** The rules of the source tree: who may import whom, and what is written nowhere. Pure functions on texts. */

export interface SourceFile {
  /** Relative to src/, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface ImportStatement {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly reExport: boolean;
}

/** Folders (of ours) that a folder's files may import, besides the folder itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  numerics: [],
  experiment: ['numerics'],
  datasets: ['experiment', 'numerics'],
  engine: ['experiment', 'numerics', 'datasets'],
  'worker/protocol': [],
  'worker/client': ['worker/protocol'],
  'worker/host': ['worker/protocol', 'engine', 'experiment', 'numerics', 'datasets'],
  cli: ['worker/protocol', 'engine', 'experiment', 'numerics', 'datasets'],
  export: ['experiment', 'numerics'],
  state: ['experiment', 'worker/client'],
  charts: ['numerics'],
  ui: ['numerics'],
  panels: ['ui', 'charts', 'state', 'experiment', 'numerics'],
  lessons: ['experiment'],
  app: ['worker/protocol', 'worker/client', 'experiment', 'numerics', 'datasets', 'export', 'state', 'charts', 'ui', 'panels', 'lessons'],
};

/** Further folders of which only types may be imported: they vanish when compiled. */
const ALLOWED_TYPES: Readonly<Record<string, readonly string[]>> = {
  'worker/protocol': ['experiment', 'numerics', 'datasets'],
  'worker/client': ['experiment'],
  state: ['worker/protocol', 'numerics', 'datasets'],
  panels: ['worker/protocol', 'datasets'],
};

/**
 * The rooms of a large folder, the lowest first: a file imports from its own room and from lower ones. Files beside the rooms come after
 * all of them, or where '.' is.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  numerics: [
    ...['random', 'rounding', 'measures', 'linear-algebra', 'scales', 'formats', 'coding', 'container', 'quantizers', 'calibration'],
    ...['inspection', 'pruning', 'structures', 'training', 'network', 'testing'],
  ],
  experiment: [...['settings', 'operators', 'types', 'methods', 'stages', 'program', 'link', 'results', 'sweep', 'recorded', 'testing']],
  engine: [
    ...['device', 'kernels', 'backends', 'parametrizations', 'operators', 'images', 'network', 'rewrites', 'state', 'evaluation'],
    ...['inspection', 'training', 'pruning', 'stages', 'run', 'testing'],
  ],
  'engine/kernels': ['shared', 'cpu', 'wasm', 'webgpu'],
  state: ['experiment', 'ui', 'run', 'kept', 'recorded', '.', 'sweep', 'model-file'],
  charts: [
    ...['export', 'shared', 'trace', 'pareto', 'sweep', 'weights', 'sparsity', 'quantizer', 'errors', 'answers', 'ledger', 'comparison'],
  ],
};
/** Most files beside the rooms of one folder. */
const LOOSE_LIMIT = 12;

const FOLDERS_WITH_REACT = ['charts', 'ui', 'panels', 'lessons', 'app', 'state'];
const LINE_LIMIT = 300;
const TEST_LINE_LIMIT = 500;

export const isTest = (path: string) => /\.test\.tsx?$/.test(path);
export const isCode = (path: string) => /\.tsx?$/.test(path);

/** The text with comments blanked; strings stay. */
export function withoutComments(text: string): string {
  return text.replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|(^|[^:])\/\/[^\n]*/g, (match, before) => {
    if (match.startsWith('/*')) return ' ';
    return before === undefined ? match : before;
  });
}

/** Static imports, re-exports and dynamic imports of a module. */
export function importsOf(text: string): ImportStatement[] {
  const code = withoutComments(text);
  const found: ImportStatement[] = [];
  for (const match of code.matchAll(/^(import|export)\b([^'";]*?)\bfrom\s*['"]([^'"]+)['"]/gm)) {
    const [, keyword, clause = '', specifier = ''] = match;
    found.push({ specifier, typeOnly: /^\s+type\b/.test(clause), reExport: keyword === 'export' });
  }
  for (const match of code.matchAll(/(?:^import\s*|\bimport\(\s*)['"]([^'"]+)['"]/gm)) {
    found.push({ specifier: match[1] ?? '', typeOnly: false, reExport: false });
  }
  return found;
}

/** The module that a relative import names, as a path in `paths`; null if there is none. */
export function resolveImport(from: string, specifier: string, paths: ReadonlySet<string>): string | null {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.replace(/\?.*$/, '').split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '.') parts.push(part);
  }
  const base = parts.join('/');
  return [base, `${base}.ts`, `${base}.tsx`].find((path) => paths.has(path)) ?? null;
}

/** The row of the table that a file belongs to; files directly in src/ compose the app. */
export function folderOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  if (!path.includes('/')) return 'app';
  if (first !== 'worker') return first;
  if (second.startsWith('client')) return 'worker/client';
  return second.startsWith('protocol') ? 'worker/protocol' : 'worker/host';
}

function folderProblem(from: string, to: string, typeOnly: boolean): string | null {
  const [source, target] = [folderOf(from), folderOf(to)];
  if (source === target) {
    const [, panelOfSource = ''] = from.split('/');
    const [, panelOfTarget = '', ...rest] = to.split('/');
    const otherPanel = source === 'panels' && rest.length > 0 && panelOfSource !== panelOfTarget;
    return otherPanel ? `${from} imports another panel, ${to}` : null;
  }
  if (ALLOWED[source]?.includes(target)) return null;
  if (typeOnly && ALLOWED_TYPES[source]?.includes(target)) return null;
  return `${from} (${source}) imports ${to} (${target})`;
}

/** The room of a file in this folder, '.' for one beside the rooms; null for a file elsewhere. */
function roomOf(folder: string, path: string): string | null {
  if (!path.startsWith(`${folder}/`)) return null;
  const rest = path.slice(folder.length + 1).split('/');
  return rest.length > 1 ? (rest[0] ?? null) : '.';
}

function roomProblem(from: string, to: string): string | null {
  for (const [folder, rooms] of Object.entries(ROOMS)) {
    const [room, other] = [roomOf(folder, from), roomOf(folder, to)];
    if (room === null || other === null || room === other) continue;
    const height = (name: string) => (name === '.' && !rooms.includes('.') ? rooms.length : rooms.indexOf(name));
    if (height(room) < 0 || height(other) < 0) return `${height(room) < 0 ? from : to} is in a room that ROOMS does not name`;
    if (height(other) > height(room)) return `${from} imports ${to}, from a higher room`;
  }
  return null;
}

/** Folders with rooms that have too many files beside them. */
export function looseProblems(files: readonly SourceFile[]): string[] {
  return Object.keys(ROOMS).flatMap((folder) => {
    const loose = files.filter(({ path }) => isCode(path) && !isTest(path) && roomOf(folder, path) === '.').length;
    return loose > LOOSE_LIMIT ? [`${folder} has ${loose} files beside its rooms, the limit is ${LOOSE_LIMIT}`] : [];
  });
}

function packageProblem(from: string, name: string): string | null {
  const folder = folderOf(from);
  if (name.startsWith('@tensorflow/') && folder !== 'engine') return `${from} imports ${name}: tfjs is used in engine only`;
  if (isTest(from)) return null;
  if (name.startsWith('node:') && folder !== 'cli') return `${from} imports ${name}: only the command line runs in Node alone`;
  if (/^react\b/.test(name) && !FOLDERS_WITH_REACT.includes(folder)) return `${from} imports ${name}: ${folder} knows no React`;
  return null;
}

/** Imports that the table forbids, and relative imports of files that are not there. Tests may import from any of our folders. */
export function importProblems(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map((file) => file.path));
  return files
    .filter((file) => isCode(file.path))
    .flatMap((file) =>
      importsOf(file.text).map(({ specifier, typeOnly }) => {
        if (!specifier.startsWith('.')) return packageProblem(file.path, specifier);
        if (isTest(file.path)) return null;
        const target = resolveImport(file.path, specifier, paths);
        if (target === null) return `${file.path} imports ${specifier}, which is not in src`;
        return folderProblem(file.path, target, typeOnly) ?? roomProblem(file.path, target);
      }),
    )
    .filter((problem) => problem !== null);
}

/** The npm packages that a script or a style sheet imports. */
function packagesOf({ path, text }: SourceFile): string[] {
  const specifiers = isCode(path)
    ? importsOf(text).map(({ specifier }) => specifier)
    : [...withoutComments(text).matchAll(/@import\s+["']([^"']+)["']/g)].map(([, specifier = '']) => specifier);
  return specifiers
    .filter((specifier) => !/^(?:\.|node:)/.test(specifier))
    .map((specifier) =>
      specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

/**
 * What the app imports that is no dependency in package.json, and dependencies that it does not import. Tests and the rooms that serve
 * them may import any package.
 */
export function dependencyProblems(
  files: readonly SourceFile[],
  { dependencies = {}, optionalDependencies = {} }: Readonly<Record<string, object>>,
): string[] {
  const imported = files
    .filter(({ path }) => !isTest(path) && !/(^|\/)testing\//.test(path))
    .flatMap((file) => packagesOf(file).map((name) => ({ name, path: file.path })));
  const used = new Set(imported.map(({ name }) => name));
  return [
    ...imported
      .filter(({ name }) => !(name in dependencies || name in optionalDependencies))
      .map(({ name, path }) => `${path} imports ${name}, which is no dependency of the app`),
    ...Object.keys(dependencies)
      .filter((name) => !used.has(name))
      .map((name) => `${name} is a dependency that nothing in src imports: it belongs with the devDependencies`),
  ];
}

/** Import cycles, each as `a -> b -> a`; imports of types count. */
export function importCycles(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map((file) => file.path));
  const edges = new Map(
    files.map((file) => [file.path, importsOf(file.text).map(({ specifier }) => resolveImport(file.path, specifier, paths))] as const),
  );
  const cycles: string[] = [];
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      cycles.push([...trail.slice(start), path].join(' -> '));
    } else if (!finished.has(path)) {
      for (const next of edges.get(path) ?? []) if (next) visit(next, [...trail, path]);
      finished.add(path);
    }
  };
  for (const path of paths) visit(path, []);
  return cycles;
}

/**
 * Places where code asks for a kind of stage by name. Their tables say what they are, and `trains`, `compresses` and others ask them; only
 * the tables themselves and their implementations know names.
 */
export function kindProblems({ path, text }: SourceFile, kinds: readonly string[]): string[] {
  if (!isCode(path) || isTest(path) || /(^|\/)(stages|testing)\//.test(path)) return [];
  const name = `['"\`](?:${kinds.join('|')})['"\`]`;
  const kind = '\\bkind\\b';
  const compared = new RegExp(`${kind}\\)?\\s*[!=]==?\\s*${name}|${name}\\s*[!=]==?\\s*(?:\\w+[?.]*\\.)*${kind}|case\\s+${name}\\s*:`, 'g');
  return [...withoutComments(text).matchAll(compared)].map(([found]) => `${path}: asks for a kind of stage by name, ${found}`);
}

/** What is wrong with one file by itself. */
export function fileProblems({ path, text }: SourceFile): string[] {
  const problems: string[] = [];
  const name = path.split('/').at(-1) ?? '';
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/.test(name)) problems.push(`${path}: the name is not kebab-case`);
  if (/\/(?:home|root|Users|tmp|work)\/\w/.test(withoutComments(text))) problems.push(`${path}: holds a path of one machine`);
  if (!isCode(path)) return problems;
  const code = withoutComments(text);
  if (/\bMath\s*\.\s*random\b/.test(code)) problems.push(`${path}: Math.random is not reproducible, use numerics/random/rng`);
  if (/\bdataSync\b/.test(code)) problems.push(`${path}: dataSync loses the WebGPU device, use await data()`);
  const lines = text.trimEnd().split('\n').length;
  const limit = isTest(path) ? TEST_LINE_LIMIT : LINE_LIMIT;
  if (lines > limit && !name.endsWith('.data.ts')) problems.push(`${path}: ${lines} lines, the limit is ${limit}`);
  if (name === 'index.ts' || importsOf(text).some((statement) => statement.reExport))
    problems.push(`${path}: is a barrel, import from the file itself`);
  return problems;
}
