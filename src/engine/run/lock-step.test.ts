import { beforeAll, describe, expect, test } from 'vitest';
import type { Experiment } from '../../experiment/types/experiment';
import { switchBackend, tensorsHeld } from '../testing/test-backends';
import { tinyDataset } from '../testing/tiny-dataset';
import { finish, quantize, quiet, tinyExperiment, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';
import { lockStep, type Side, type Turn } from './lock-step';
import { run } from './session';

beforeAll(async () => {
  await openTestBackends();
  await switchBackend('cpu');
});

const dataset = tinyDataset({ train: 100, test: 20 });
const backend = { name: 'cpu', adapter: '', reasons: [] } as const;

function side(experiment: Experiment): Side {
  const control = { ...quiet(), turnMs: 5 };
  return { control, events: run(experiment, dataset, { backend, url: '#test', control }) };
}

/** Gives the second run when it is first asked for. */
function once(make: () => Side): () => Side | undefined {
  let given = false;
  return () => {
    if (given) return undefined;
    given = true;
    return make();
  };
}

async function pull(turns: AsyncIterable<Turn>): Promise<Turn[]> {
  const all: Turn[] = [];
  for await (const turn of turns) all.push(turn);
  return all;
}

const lossesOf = (turns: readonly Turn[], of: 0 | 1) =>
  turns.flatMap(({ side, event }) => (side === of && event.type === 'metrics' ? [...event.loss] : []));
const eventsOf = (turns: readonly Turn[], of: 0 | 1) => turns.flatMap(({ side, event }) => (side === of ? [event] : []));

const program = tinyExperiment([quantize(4), train({ steps: 40 }), quantize(2)]);
const other = tinyExperiment([quantize(2), train({ steps: 40 }), quantize(2)]);

describe('two runs in lock-step', () => {
  test('identical experiments have identical losses, and those of a run alone', async () => {
    const turns = await pull(
      lockStep(
        side(program),
        once(() => side(program)),
      ),
    );
    const alone = await finish(program, dataset, { backendName: 'cpu' });
    expect(lossesOf(turns, 0)).toEqual(alone.losses);
    expect(lossesOf(turns, 1)).toEqual(alone.losses);
    for (const of of [0, 1] as const) {
      expect(eventsOf(turns, of).at(-1)).toMatchObject({ type: 'done', record: { digest: alone.record?.digest } });
    }
  });

  test('experiments that differ are what each is alone, and no step apart when they are level', async () => {
    const turns = await pull(
      lockStep(
        side(program),
        once(() => side(other)),
      ),
    );
    for (const [of, experiment] of [
      [0, program],
      [1, other],
    ] as const) {
      expect(lossesOf(turns, of)).toEqual((await finish(experiment, dataset, { backendName: 'cpu' })).losses);
    }
    const steps = [0, 0];
    for (const { side, event, level } of turns) {
      if (event.type === 'metrics') steps[side] = event.firstStep + event.loss.length;
      if (level) expect(steps[0]).toBe(steps[1]);
      // The first leads, by one turn at most; the second never runs ahead.
      expect(steps[1]).toBeLessThanOrEqual(steps[0] ?? 0);
    }
  });

  test('a second that comes later catches up', async () => {
    let asked = 0;
    const turns = await pull(lockStep(side(program), () => (++asked === 13 ? side(other) : undefined)));
    expect(turns.findIndex(({ side }) => side === 1)).toBeGreaterThanOrEqual(12);
    expect(lossesOf(turns, 1)).toEqual((await finish(other, dataset, { backendName: 'cpu' })).losses);
  });

  test('another may come when it is over', async () => {
    const seconds = [tinyExperiment([train({ steps: 5 })]), other];
    const turns = await pull(
      lockStep(side(program), () => {
        const next = seconds.shift();
        return next && side(next);
      }),
    );
    expect(eventsOf(turns, 1).filter(({ type }) => type === 'done')).toHaveLength(2);
    expect(lossesOf(turns, 1).slice(5)).toEqual((await finish(other, dataset, { backendName: 'cpu' })).losses);
  });

  test('a second that never comes leaves the first alone', async () => {
    const turns = await pull(lockStep(side(program), () => undefined));
    expect(turns.every(({ side, level }) => side === 0 && level)).toBe(true);
    expect(eventsOf(turns, 0).at(-1)?.type).toBe('done');
  });

  test('if one fails the other goes on', async () => {
    const bursting = tinyExperiment([train({ steps: 40, optimizer: 'sgd', lr: 1e30 })]);
    const calm = tinyExperiment([train({ steps: 40 })]);
    const second = await pull(
      lockStep(
        side(calm),
        once(() => side(bursting)),
      ),
    );
    expect(eventsOf(second, 1).at(-1)?.type).toBe('failed');
    expect(eventsOf(second, 0).at(-1)?.type).toBe('done');
    const first = await pull(
      lockStep(
        side(bursting),
        once(() => side(calm)),
      ),
    );
    expect(eventsOf(first, 0).at(-1)?.type).toBe('failed');
    expect(eventsOf(first, 1).at(-1)?.type).toBe('done');
  });

  test('what the second throws is its failure; what the first throws is thrown', async () => {
    const broken = (): Side => ({
      control: quiet(),
      // biome-ignore lint/correctness/useYield: it breaks before it says anything
      events: (async function* () {
        throw new Error('no such quantizer');
      })(),
    });
    const turns = await pull(lockStep(side(program), once(broken)));
    expect(eventsOf(turns, 1)).toEqual([{ type: 'failed', message: 'no such quantizer', advice: '' }]);
    expect(eventsOf(turns, 0).at(-1)?.type).toBe('done');
    await expect(
      pull(
        lockStep(
          broken(),
          once(() => side(program)),
        ),
      ),
    ).rejects.toThrow('no such quantizer');
  });

  test('the memory of both is given back, at the end and when it is cut short', async () => {
    const start = tensorsHeld();
    await pull(
      lockStep(
        side(program),
        once(() => side(other)),
      ),
    );
    expect(tensorsHeld()).toBe(start);
    const turns = lockStep(
      side(program),
      once(() => side(other)),
    );
    for (let i = 0; i < 20; i++) await turns.next();
    expect(tensorsHeld()).toBeGreaterThan(start);
    await turns.return();
    expect(tensorsHeld()).toBe(start);
  });
});
