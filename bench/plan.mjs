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
  page: 'JavaScript of the first page, gzip',
};

/**
 * Adam on all of them, with batch sizes of the papers that the models come from. `quick`: small enough for --quick.
 * `softwareBatch`: instead, where no GPU is used, since a step would take minutes; a row always tells its batch.
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
  task: { text: '≤ 50 ms', reached: ({ ours }) => ours <= 50 },
  page: { text: '≤ 200 kB', reached: ({ ours }) => ours <= 200 },
};

/** The workloads that these options ask for: all, or with --quick the small ones and those asked for by name. */
export function chosenWorkloads({ quick, only, batch }) {
  return workloads
    .filter((workload) => !quick || workload.quick || only.includes(workload.model))
    .map((workload) => ({ ...workload, batch: batch || (!process.env.FEWBITS_GPU && workload.softwareBatch) || workload.batch }));
}
