/** Runs the contenders on one model, in changing order, and makes the rows. */
import { GOAL_MODEL, measures } from './plan.mjs';
import { row } from './row.mjs';
import { spread } from './statistics.mjs';

/** First steps compile; on a software adapter that and one convolutional step take minutes. */
const PREPARE_MS = 30 * 60_000;
const MOST_STEPS = 32;
/** Small models: enough that what a batch of steps costs once does not count as the step's own time. */
const LEAST_STEPS = 16;
const names = { tfjs: 'tfjs eager', jax: 'jax-js jit' };

/** WebGPU: ours, both peers, ours through a quantizer, and empty kernels. @returns {rows, notes, adapter} */
export async function compareOnWebgpu(driver, { model, batch, qat, quick }, options, say) {
  const wants = (key) => options.wants(measures[key], model);
  const nothing = { rows: [], notes: [], adapter: '' };
  if (!['js', 'total', 'launches', 'floor', 'qat'].some(wants)) return nothing;
  const job = { kind: 'train', model, batch, backend: 'webgpu' };
  const peers = wants('js') || wants('total') || wants('launches');
  const contenders = [
    { name: 'ours', kind: 'ours', job },
    ...(peers ? ['tfjs', 'jax'].map((kind) => ({ name: kind, kind, job })) : []),
    ...(qat && wants('qat') ? [{ name: 'qat', kind: 'ours', worker: 'ours', job: { ...job, bits: 4 } }] : []),
  ];
  const { ready, notes } = await prepareAll(driver, contenders, model, say);
  const ours = ready.find(({ name }) => name === 'ours');
  if (!ours) return { ...nothing, notes };
  if (wants('floor')) {
    const empty = { name: 'empty', kind: 'ours', worker: 'ours', job: { kind: 'empty', dispatches: ours.dispatches } };
    ready.push(...(await prepareAll(driver, [empty], model, say)).ready);
  }
  const { timings, steps } = await rounds(driver, ready, { isSmall: quick, options }, say);
  await disposeAll(driver, ready);

  const base = { model, batch, steps };
  const js = (name) => timings.get(name)?.map((timing) => timing.jsMs / steps);
  const total = (name) => timings.get(name)?.map((timing) => timing.totalMs / steps);
  const rows = [];
  for (const peer of ready.filter(({ name }) => name in names)) {
    const against = { ...base, unit: 'ms', peerName: names[peer.name] };
    const isTfjs = peer.name === 'tfjs';
    rows.push(row({ ...against, key: 'js', ours: js('ours'), peer: js(peer.name), hasGoal: isTfjs && model === GOAL_MODEL }));
    rows.push(row({ ...against, key: 'total', ours: total('ours'), peer: total(peer.name), hasGoal: isTfjs }));
    const launches = { ...against, unit: '', steps: undefined, ours: [ours.dispatches], peer: [peer.dispatches] };
    rows.push(row({ ...launches, key: 'launches', hasGoal: isTfjs && model === GOAL_MODEL }));
  }
  const over = { ...base, unit: 'ms', inverted: true };
  if (timings.has('qat'))
    rows.push(row({ ...over, key: 'qat', ours: total('qat'), peer: total('ours'), peerName: 'float step', hasGoal: true }));
  if (timings.has('empty'))
    rows.push(row({ ...over, key: 'floor', ours: total('ours'), peer: total('empty'), peerName: `${ours.dispatches} empty kernels` }));
  return { rows: rows.filter(({ measure }) => options.wants(measure, model)), notes, adapter: ours.adapter };
}

/** WebAssembly: ours and jax-js. @returns {rows, notes} */
export async function compareOnWasm(driver, { model, batch, wasm, quick }, options, say) {
  if (!wasm || !options.wants(measures.wasm, model)) return { rows: [], notes: [] };
  const job = { kind: 'train', model, batch, backend: 'wasm' };
  const contenders = ['ours', 'jax'].map((kind) => ({ name: `${kind} on wasm`, kind, worker: `${kind}-wasm`, job }));
  const { ready, notes } = await prepareAll(driver, contenders, model, say);
  if (ready.length < 2) return { rows: [], notes };
  const { timings, steps } = await rounds(driver, ready, { isSmall: quick, options }, say);
  await disposeAll(driver, ready);
  const [ours, peer] = contenders.map(({ name }) => timings.get(name).map((timing) => timing.totalMs / steps));
  return { rows: [row({ key: 'wasm', model, batch, steps, unit: 'ms', ours, peer, peerName: 'jax-js jit, wasm' })], notes };
}

/** Compiles and runs the first steps of each; who cannot is noted and left out. */
async function prepareAll(driver, contenders, model, say) {
  const ready = [];
  const notes = [];
  for (const contender of contenders) {
    const { name, kind, worker = kind, job } = contender;
    say(`${model}: preparing ${name}`);
    try {
      const prepared = await driver.call(worker, kind, 'prepare', [name, job], PREPARE_MS);
      ready.push({ ...contender, worker, ...prepared });
    } catch (error) {
      notes.push({ model, who: names[name] ?? name, reason: error.message });
      say(`${model}: ${name} could not run it: ${error.message}`);
    }
  }
  return { ready, notes };
}

/**
 * All take as many steps as the slowest can do in the time for a batch, and as many rounds as the time for a model allows.
 * Where one round alone would take longer than that, the second step that everyone has done already is the only round.
 */
async function rounds(driver, ready, { isSmall, options }, say) {
  const totals = ready.map(({ second }) => second.totalMs);
  const [, slowest] = spread(totals);
  const least = isSmall && !options.quick ? LEAST_STEPS : 1;
  const steps = Math.min(MOST_STEPS, Math.max(least, Math.floor(options.batchMs / slowest)));
  const roundMs = steps * totals.reduce((a, b) => a + b, 0);
  if (roundMs > options.modelMs) return { steps, timings: new Map(ready.map(({ name, second }) => [name, [second]])) };
  const count = Math.min(options.rounds, Math.max(2, Math.floor(options.modelMs / roundMs)));
  const timings = new Map(ready.map(({ name }) => [name, []]));
  // Not counted: the first long batch still grows buffers and warms the compiler.
  if (steps > 1) for (const contender of ready) await run(driver, contender, steps);
  for (let round = 0; round < count; round++) {
    say(`round ${round + 1} of ${count}, ${steps} steps each`);
    for (let i = 0; i < ready.length; i++) {
      const contender = ready[(round + i) % ready.length];
      timings.get(contender.name).push(await run(driver, contender, steps));
    }
  }
  return { timings, steps };
}

async function run(driver, { worker, kind, name }, steps) {
  const timing = await driver.call(worker, kind, 'run', [name, steps], PREPARE_MS);
  if (!Number.isFinite(timing.loss)) throw new Error(`${name} computed a loss that is not a number.`);
  return timing;
}

async function disposeAll(driver, ready) {
  for (const { worker, kind, name } of ready) await driver.call(worker, kind, 'dispose', [name], PREPARE_MS);
}
