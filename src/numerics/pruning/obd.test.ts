import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillNormal, Purpose } from '../random/rng';
import { denseCurvature, obdScores } from './obd';

test('h w² / 2, by hand: a small weight on a steep direction costs more than a large one on a flat one', () => {
  expect([...obdScores(Float32Array.of(-1, 0.5, 3), Float32Array.of(3, 2, 0))]).toEqual([1.5, 0.25, 0]);
  expect(() => obdScores(Float32Array.of(1), new Float32Array(2))).toThrow('There are 1 weights and 2 second derivatives.');
});

test('two layers, by hand', () => {
  // x = (1, 2): a = 1·1 + 2·1 = 3 and 1·1 − 2·1 = −1, so that the second unit is off. Logits (0, 0): p (1 − p) = 1/4 for both.
  const layers = [
    { weights: Float32Array.of(1, 1, 1, -1), biases: new Float32Array(2) },
    { weights: Float32Array.of(2, 4, 1, 1), biases: Float32Array.of(-6, -12) },
  ];
  const [first, second] = denseCurvature(layers, Float32Array.of(1, 2), 2);
  // h of the first unit: (2² + 4²) / 4 = 5, times x² of 1 and 4; of the second: 0.
  expect([...(first ?? [])]).toEqual([5, 0, 20, 0]);
  expect([...(second ?? [])]).toEqual([9 / 4, 9 / 4, 0, 0]);
});

test('of one layer it is the second derivative of the mean loss', () => {
  const [inputs, classes, count] = [3, 4, 5];
  fc.assert(
    fc.property(fc.nat(1000), (seed) => {
      const draw = (n: number, stream: number) => {
        const values = new Float32Array(n);
        fillNormal(values, seed, Purpose.init, stream);
        return values;
      };
      const [weights, biases, images] = [draw(inputs * classes, 0), draw(classes, 1), draw(count * inputs, 2)];
      const loss = (w: Float64Array) => {
        let sum = 0;
        for (let n = 0; n < count; n++) {
          const y = Array.from({ length: classes }, (_, o) => {
            let value = biases[o]!;
            for (let i = 0; i < inputs; i++) value += images[n * inputs + i]! * w[i * classes + o]!;
            return value;
          });
          sum += Math.log(y.reduce((total, value) => total + Math.exp(value), 0)) - y[n % classes]!;
        }
        return sum / count;
      };
      const [curvature = new Float32Array()] = denseCurvature([{ weights, biases }], images, inputs);
      const [at, e] = [Float64Array.from(weights), 1e-3];
      for (let i = 0; i < at.length; i++) {
        const moved = (by: number) => loss(at.map((value, k) => (k === i ? value + by : value)));
        expect(curvature[i]).toBeCloseTo((moved(e) - 2 * loss(at) + moved(-e)) / e ** 2, 4);
      }
    }),
    { numRuns: 20 },
  );
});

test('is never negative', () => {
  const layer = (inputs: number, units: number) =>
    fc.record({
      weights: fc
        .array(fc.integer({ min: -4, max: 4 }), { minLength: inputs * units, maxLength: inputs * units })
        .map((w) => Float32Array.from(w)),
      biases: fc.constant(new Float32Array(units)),
    });
  const images = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 4, maxLength: 4 }).map((x) => Float32Array.from(x));
  fc.assert(
    fc.property(layer(2, 3), layer(3, 2), images, (one, two, x) => {
      for (const h of denseCurvature([one, two], x, 2)) for (const value of h) expect(value).toBeGreaterThanOrEqual(0);
    }),
  );
});
