import { describe, expect, test } from 'vitest';
import { defaultStage } from '../program/defaults';
import { presetById } from '../program/presets';
import { earlyStep, meanCurve, spreadOf, ticketGroups, verdictOn } from './ticket-groups';
import { type TrainedRun, ticketTrainings } from './ticket-trainings';

const { stages } = presetById('lottery-lenet')!.experiment;
/** The program of two rounds, with stage 5 on and these values. */
function program(control: Readonly<Record<string, string | number>> | null) {
  const [repeat, train, prune, rewind, again, last] = stages.map((stage) => ({ ...stage }));
  return [{ ...repeat!, rounds: 2 }, train!, prune!, rewind!, { ...again!, on: control !== null, ...control }, last!];
}

/** A finished run: dense, 60 %, 30 %; the best steps and accuracies are given for each of the three trainings. */
function run(seed: number, best: readonly (readonly [step: number, accuracy: number])[], control: Parameters<typeof program>[0] = null) {
  const kept = (n: number) => ({ of: 100, layers: { 'fc1/kernel': n - 5, 'fc2/kernel': 5 }, inputs: [n - 5, 0] });
  const trained = (stage: number, i: number) => ({
    ...{ stage, steps: 100, valAccuracy: 0.93, testAccuracy: 0.9 },
    earlyStop: { step: best[i]![0], valLoss: 0.1, testAccuracy: best[i]![1] },
  });
  const other = (stage: number) => ({ stage, steps: 0, valAccuracy: 0.5, testAccuracy: 0.5 });
  const summaries = [
    ...[trained(0, 0), { ...other(1), kept: kept(60) }, other(2), trained(3, 1), { ...other(4), kept: kept(30) }, other(5)],
    ...(control ? [{ ...other(6), ...(control.masks !== 'keep' && { kept: kept(30) }) }] : []),
    trained(7, 2),
  ];
  const validation = { step: [50, 100, 100, 100, 150, 200, 250, 300], value: [0.8, 0.9, 0.5, 0.4, 0.85, 0.91, 0.86, 0.92] };
  return { experiment: { stages: program(control), seed }, stages: summaries, validation } satisfies TrainedRun;
}

const steady = [
  [80, 0.95],
  [60, 0.96],
  [40, 0.95],
] as const;

describe('the trainings of a run', () => {
  test('dense, then tickets with fewer weights, each with its own curve', () => {
    const found = ticketTrainings(run(1, steady));
    expect(found.map(({ kind, remaining, stage }) => [kind, remaining, stage])).toEqual([
      ['dense', 1, 0],
      ['ticket', 0.6, 3],
      ['ticket', 0.3, 7],
    ]);
    // What pruning and rewinding did to the accuracy at step 100 belongs to no training.
    expect(found.map(({ curve }) => curve)).toEqual([
      { step: [50, 100], value: [0.8, 0.93] },
      { step: [50, 100], value: [0.85, 0.93] },
      { step: [50, 100], value: [0.86, 0.93] },
    ]);
    expect(found.map(({ inputs }) => inputs)).toEqual([undefined, [55, 0], [25, 0]]);
  });

  test.each([
    [{ values: 'redrawn', masks: 'keep', draw: 2 }, 'reinit'],
    [{ values: 'earlier', masks: 'shuffled', draw: 1 }, 'shuffled'],
    [{ values: 'redrawn', masks: 'random', draw: 1 }, 'random'],
  ] as const)('a control is known by its rewind: %o', (control, kind) => {
    const found = ticketTrainings(run(1, steady, control));
    expect(found.map((one) => one.kind)).toEqual(['dense', 'ticket', kind]);
    expect(found.at(-1)?.draw).toBe(control.draw);
  });

  test('pruning without a rewind is no ticket; a rewind without pruning changes nothing', () => {
    const train = { ...defaultStage('train'), steps: 10 };
    const plain = [train, defaultStage('prune'), train];
    const kept = { of: 4, layers: { 'fc1/kernel': 2 } };
    const summary = (stage: number, steps: number) => ({ stage, steps, valAccuracy: 0.9, testAccuracy: 0.9 });
    const about = { validation: { step: [], value: [] } };
    const tuned = [summary(0, 10), { ...summary(1, 0), kept }, summary(2, 10)];
    expect(ticketTrainings({ ...about, experiment: { stages: plain, seed: 1 }, stages: tuned }).map(({ kind }) => kind)).toEqual([
      'dense',
      'tuned',
    ]);
    const back = [train, defaultStage('rewind'), train];
    const twice = [summary(0, 10), summary(1, 0), summary(2, 10)];
    expect(ticketTrainings({ ...about, experiment: { stages: back, seed: 1 }, stages: twice }).map(({ kind }) => kind)).toEqual([
      'dense',
      'dense',
    ]);
  });
});

describe('groups', () => {
  const reinit = { values: 'redrawn', masks: 'keep', draw: 1 };
  const slow = [steady[0], steady[1], [90, 0.94]] as const;
  const all = [run(1, steady), run(1, slow, reinit), run(2, [...steady.slice(0, 2), [100, 0.99]]), run(2, slow, reinit)];
  const groups = ticketGroups(all.flatMap(ticketTrainings));
  const group = (key: string) => groups.find((one) => one.key === key)!;

  test('have each training once, the dense network first, tickets before their controls', () => {
    expect(groups.map(({ key, trainings }) => [key, trainings.map(({ seed }) => seed)])).toEqual([
      ['dense 1.0000', [1, 2]],
      ['ticket 0.6000', [1, 2]],
      ['ticket 0.3000', [1, 2]],
      ['reinit 0.3000', [1, 2]],
    ]);
    expect(spreadOf(group('ticket 0.3000'), earlyStep)).toEqual({ mean: 70, deviation: Math.sqrt(1800), count: 2 });
    expect(spreadOf(group('ticket 0.3000'), () => undefined)).toBeNull();
  });

  test('a ticket wins where it is at most as slow and at least as accurate as the dense network of its seed', () => {
    const dense = group('dense 1.0000');
    // At 30 % seed 1 is as accurate and faster; seed 2 is more accurate, but slower.
    expect(verdictOn(group('ticket 0.3000'), dense)).toMatchObject({ compared: 2, winning: 1 });
    expect(verdictOn(group('ticket 0.3000'), dense)?.steps).toBeCloseTo((40 / 80 + 100 / 80) / 2);
    expect(verdictOn(group('ticket 0.3000'), dense)?.accuracy).toBeCloseTo(0.02);
    expect(verdictOn(group('ticket 0.6000'), dense)?.winning).toBe(2);
    expect(verdictOn(group('reinit 0.3000'), dense)?.winning).toBe(0);
    expect(verdictOn(dense, dense)).toBeNull();
    expect(verdictOn(group('ticket 0.3000'), undefined)).toBeNull();
  });

  test('a control is compared by seed, not by draw; a network that was trained on is not compared', () => {
    const dense = group('dense 1.0000');
    const [one, two] = group('ticket 0.3000').trainings;
    const best = (step: number, testAccuracy: number) => ({ earlyStop: { step, valLoss: 0.1, testAccuracy } });
    const control = (kind: 'shuffled' | 'tuned') => ({
      ...group('ticket 0.3000'),
      kind,
      trainings: [
        // The dense network needs 80 steps. Two draws with seed 1 need 70 on the average, two with seed 2 need 90.
        ...[60, 80].map((step, i) => ({ ...one!, kind, draw: i + 1, ...best(step, 0.95) })),
        ...[60, 120].map((step, i) => ({ ...two!, kind, draw: i + 1, ...best(step, 0.95) })),
      ],
    });
    expect(verdictOn(control('shuffled'), dense)).toMatchObject({ kind: 'shuffled', compared: 2, winning: 1, steps: 1 });
    expect(verdictOn(control('tuned'), dense)).toBeNull();
  });

  test('have one curve: the mean at steps that all have', () => {
    const [a, b] = group('dense 1.0000').trainings;
    const other = { ...b!, curve: { step: [100], value: [0.7] } };
    expect(meanCurve({ ...group('dense 1.0000'), trainings: [a!, other] })).toEqual({ step: [100], value: [expect.closeTo(0.815)] });
  });
});
