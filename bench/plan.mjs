/** What is measured on which models, and what is to be reached. */

export const measures = {
  js: 'JavaScript per step',
  total: 'total per step',
  launches: 'kernel launches per step',
  floor: 'total per step over empty kernels',
  qat: '4-bit QAT step over float step',
  wasm: 'total per step on wasm',
  play: 'play to first step',
  task: 'longest main-thread task while training',
  view: 'longest main-thread task while a view opens',
  pareto: 'longest main-thread task, 500 runs in the Pareto chart',
  page: 'JavaScript of the first page, gzip',
  sweep: 'sweep in the page',
  command: 'sweep on the command line',
  shared: 'sweep in the page, training shared',
};

/**
 * Adam on all of them, with batch sizes of the papers that the models come from. `quick`: small enough for --quick.
 * `softwareBatch`: instead, where no GPU is used, since a step would take minutes; a row always shows its batch.
 */
const workloads = [
  { model: 'thesis-mlp', batch: 32, quick: true, qat: true, wasm: true },
  { model: 'lenet-300-100', batch: 64, quick: true, qat: true, wasm: true },
  { model: 'lenet-5', batch: 64, softwareBatch: 16, qat: true, wasm: true },
  { model: 'conv-2', batch: 60, softwareBatch: 4 },
  { model: 'thesis-cnn', batch: 128, softwareBatch: 4 },
];

/** The model whose time per step in JavaScript, and whose launches, have a goal. */
export const GOAL_MODEL = 'lenet-300-100';

export const goals = {
  js: { text: '≤ 0.2 ms and ≥ 20 times less', reached: ({ ours, ratio }) => ours <= 0.2 && ratio >= 20 },
  total: { text: 'at least as fast', reached: ({ ratio }) => ratio >= 1 },
  launches: { text: '≤ 30', reached: ({ ours }) => ours <= 30 },
  qat: { text: '≤ 1.15', reached: ({ ratio }) => ratio <= 1.15 },
  view: { text: '≤ 50 ms', reached: ({ ours }) => ours <= 50 },
  task: { text: '≤ 50 ms', reached: ({ ours }) => ours <= 50 },
  sweep: { text: '≤ 1.05', reached: ({ ratio }) => ratio <= 1.05 },
  command: { text: '≤ 1.05', reached: ({ ratio }) => ratio <= 1.05 },
  pareto: { text: '≤ 50 ms', reached: ({ ours }) => ours <= 50 },
  page: { text: '≤ 200 kB', reached: ({ ours }) => ours <= 200 },
};

/**
 * Sweeps beside their runs alone: `keys` names the measure of each way to run them. In the first nothing is shared, so that what
 * is more than in the runs alone is the sweep's own; in the second all points begin with the same training.
 */
const swept = (steps) => `v=1&d=mnist&m=lenet-300-100&train=steps:${steps}&quantize=bits:4`;
const sweeps = [
  { keys: { page: 'sweep', command: 'command' }, model: 'lenet-300-100', axis: 'seed:1..4' },
  { keys: { page: 'shared' }, model: 'lenet-300-100', axis: 'quantize.bits:2..8' },
];

/** The sweeps that these options ask for, each with the ways to run it that are wanted. */
export function chosenSweeps({ quick, wants }) {
  return sweeps
    .map((sweep) => ({
      ...sweep,
      link: swept(quick ? 20 : 200),
      ways: Object.keys(sweep.keys).filter((way) => wants(measures[sweep.keys[way]], sweep.model)),
    }))
    .filter(({ ways }) => ways.length > 0);
}

/** Measures of the built app that these options ask for. */
export function chosenAppMeasures({ wants }) {
  return ['play', 'task', 'view', 'page'].filter((key) => wants(measures[key]));
}

/** Whether a requested measurement needs a browser. */
export function needsBrowser(options) {
  const ofSweeps = new Set(sweeps.flatMap(({ keys }) => Object.values(keys)));
  return Object.keys(measures).some(
    (key) => !ofSweeps.has(key) && [...workloads, {}].some(({ model }) => options.wants(measures[key], model)),
  );
}

/** The workloads that these options ask for: all, or with --quick the small ones and those asked for by name. */
export function chosenWorkloads({ quick, only, batch }) {
  return workloads
    .filter((workload) => !quick || workload.quick || only.includes(workload.model))
    .map((workload) => ({ ...workload, batch: batch || (!process.env.FEWBITS_GPU && workload.softwareBatch) || workload.batch }));
}
