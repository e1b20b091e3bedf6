/** Sweeps beside the same runs one by one, in one Node process on WebAssembly, in changing order. */
import { startProcesses } from './node-processes.mjs';
import { chosenSweeps } from './plan.mjs';
import { row } from './row.mjs';

const MOST_MS = 10 * 60_000;

/** @returns rows */
export async function compareSweeps(root, options, say) {
  const chosen = chosenSweeps(options);
  if (chosen.length === 0) return [];
  const processes = await startProcesses(root);
  try {
    const rows = [];
    for (const sweep of chosen) rows.push(...(await compareSweep(processes, sweep, options, say)));
    return rows;
  } finally {
    processes.close();
  }
}

async function compareSweep(processes, sweep, options, say) {
  const { keys, model, link, axis } = sweep;
  const ways = [...sweep.ways, 'alone'];
  const run = (way) => processes.call('sweep', 'sweep', 'run', [way, { link, axis }], MOST_MS);
  // Not counted: opens the backend, reads the images and warms the compiler.
  say(`${model}: preparing the sweep ${axis}`);
  const { digests, runs, stepsAlone, stepsShared } = await run('alone');
  const seconds = Object.fromEntries(ways.map((way) => [way, []]));
  for (let round = 0; round < options.rounds; round++) {
    say(`round ${round + 1} of ${options.rounds}, ${runs} runs each`);
    for (let i = 0; i < ways.length; i++) {
      const way = ways[(round + i) % ways.length];
      const timing = await run(way);
      if (String(timing.digests) !== String(digests)) throw new Error(`The sweep ${axis} has other results than its runs alone.`);
      seconds[way].push(timing.ms / 1000);
    }
  }
  const isShared = stepsShared < stepsAlone;
  const peerName = `${runs} runs alone${isShared ? ` (${stepsAlone.toLocaleString('en-US')} steps, not ${stepsShared.toLocaleString('en-US')})` : ''}`;
  const base = { model, unit: 's', steps: stepsAlone, peer: seconds.alone, peerName, inverted: !isShared, hasGoal: !isShared };
  return sweep.ways.map((way) => row({ ...base, key: keys[way], ours: seconds[way] }));
}
