import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultStage } from '../experiment/program/defaults';
import { toCsv } from './metrics-csv';

const train = defaultStage('train');
const program = [train, train, train, train];

describe('toCsv', () => {
  it('interleaves training steps and validations and names their stages', () => {
    const csv = toCsv(
      {
        steps: 3,
        loss: Float32Array.of(2.5, 1.1, Number.NaN, 99, 99),
        accuracy: Float32Array.of(0.25, 0.1, Number.NaN, 99, 99),
        evaluations: [
          { stage: 0, step: 0, loss: 3, accuracy: 0.1 },
          { stage: 1, step: 2, loss: 2, accuracy: 0.5 },
          { stage: 2, step: 2, loss: 2.25, accuracy: 0.4 },
          { stage: 3, step: 3, loss: 1, accuracy: 0.9125 },
        ],
        boundaries: [0, 0, 2, 2],
      },
      program,
    );
    expect(csv.split('\r\n')).toEqual([
      'stage,step,split,loss,accuracy,round',
      '1,0,validation,3,0.1,',
      '2,1,train,2.5,0.25,',
      '2,2,train,1.1,0.1,',
      '2,2,validation,2,0.5,',
      '3,2,validation,2.25,0.4,',
      '4,3,validation,1,0.9125,',
      '',
    ]);
  });

  it('names stages by their place in the program, with the round of a repeat', () => {
    const repeated = (rounds: number, of: number) => ({ ...defaultStage('repeat'), rounds, of });
    const measured = (count: number) => ({
      steps: count,
      loss: new Float32Array(count),
      accuracy: new Float32Array(count),
      evaluations: [{ stage: count - 1, step: count, loss: 1, accuracy: 0.5 }],
      boundaries: Array.from({ length: count }, (_, i) => i),
    });
    expect(
      toCsv(measured(5), [train, repeated(2, 1), train, train, train])
        .split('\r\n')
        .slice(1, -1),
    ).toEqual(['1,1,train,0,0,', '3,2,train,0,0,1', '3,3,train,0,0,2', '4,4,train,0,0,', '5,5,train,0,0,', '5,5,validation,1,0.5,']);
    const nested = toCsv(measured(4), [repeated(2, 2), repeated(2, 1), train])
      .split('\r\n')
      .slice(1, -1);
    expect(nested).toEqual([
      '3,1,train,0,0,1 1',
      '3,2,train,0,0,1 2',
      '3,3,train,0,0,2 1',
      '3,4,train,0,0,2 2',
      '3,4,validation,1,0.5,2 2',
    ]);
  });

  it('skips stages that did not run, and writes infinity', () => {
    const boundaries = [Number.NaN, 0, Number.NaN];
    const csv = toCsv(
      {
        steps: 1,
        loss: Float32Array.of(Number.POSITIVE_INFINITY),
        accuracy: Float32Array.of(Number.NaN),
        evaluations: [],
        boundaries,
      },
      program,
    );
    expect(csv).toBe('stage,step,split,loss,accuracy,round\r\n2,1,train,inf,,\r\n');
  });

  it('reads back to the same float32 numbers', () => {
    const numbers = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(numbers, (list) => {
        const loss = Float32Array.from(list);
        const csv = toCsv({ steps: list.length, loss, accuracy: loss, evaluations: [], boundaries: [0] }, [train]);
        const cells = csv.trimEnd().split('\r\n').slice(1);
        expect(cells.length).toBe(list.length);
        cells.forEach((line, i) => {
          const [stage, step, split, l] = line.split(',');
          expect([stage, step, split]).toEqual(['1', `${i + 1}`, 'train']);
          expect(Math.fround(Number(l)) + 0).toBe((loss[i] as number) + 0);
        });
      }),
    );
  });
});
