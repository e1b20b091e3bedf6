import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adamStep, momentumStep, rmspropStep, sgdStep } from './optimizers';

const lr = 0.1;
const close = (array: Float32Array, expected: number[]) => {
  expect(array.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(array[i]).toBeCloseTo(value, 6);
  });
};

describe('two steps by hand', () => {
  it('sgd: 1 - 0.1 × 2, then - 0.1 × 0.5', () => {
    const w = Float32Array.of(1);
    sgdStep(w, Float32Array.of(2), { lr });
    close(w, [0.8]);
    sgdStep(w, Float32Array.of(0.5), { lr });
    close(w, [0.75]);
  });

  it('momentum: the velocity is 2, then 0.9 × 2 + 0.5 = 2.3', () => {
    const w = Float32Array.of(1);
    const v = new Float32Array(1);
    momentumStep(w, Float32Array.of(2), v, { lr, momentum: 0.9 });
    close(v, [2]);
    close(w, [0.8]);
    momentumStep(w, Float32Array.of(0.5), v, { lr, momentum: 0.9 });
    close(v, [2.3]);
    close(w, [0.57]);
  });

  it('adam: the first step is lr × g / (|g| + ε), whatever the size of g', () => {
    const w = Float32Array.of(1, 1, 1);
    const [m, v] = [new Float32Array(3), new Float32Array(3)];
    const options = { lr, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
    adamStep(w, Float32Array.of(2, -0.001, 0), m, v, { ...options, step: 1 });
    close(m, [0.2, -0.0001, 0]);
    close(v, [0.004, 1e-9, 0]);
    close(w, [0.9, 1 + (0.1 * 0.001) / (0.001 + 1e-7), 1]);
    // Second step, first weight: m = 0.18 + 0.05 = 0.23, v = 0.003996 + 0.00025 = 0.004246;
    // corrected 0.23 / 0.19 = 1.2105263, 0.004246 / 0.001999 = 2.1240620, root 1.4574162; step 0.0830598.
    adamStep(w, Float32Array.of(0.5, 0, 0), m, v, { ...options, step: 2 });
    expect(w[0]).toBeCloseTo(0.9 - 0.0830598, 6);
  });

  it('adam: ε is outside the root and dominates tiny gradients', () => {
    const w = Float32Array.of(0);
    adamStep(w, Float32Array.of(1e-10), new Float32Array(1), new Float32Array(1), {
      lr: 1,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
      step: 1,
    });
    expect(w[0]).toBeCloseTo(-1e-10 / 1.001e-7, 6);
  });

  it('rmsprop: the mean square is 0.1 × 4, then 0.9 × 0.4 + 0.1 × 0.25; ε is inside the root', () => {
    const w = Float32Array.of(1);
    const s = new Float32Array(1);
    rmspropStep(w, Float32Array.of(2), s, { lr, decay: 0.9, epsilon: 0.6 });
    close(s, [0.4]);
    close(w, [1 - 0.2 / Math.sqrt(1)]);
    rmspropStep(w, Float32Array.of(0.5), s, { lr, decay: 0.9, epsilon: 0.6 });
    close(s, [0.385]);
    close(w, [0.8 - 0.05 / Math.sqrt(0.985)]);
  });

  it('weight decay adds weightDecay × w to the gradient', () => {
    const w = Float32Array.of(4);
    sgdStep(w, Float32Array.of(1), { lr, weightDecay: 0.5 });
    close(w, [4 - 0.1 * 3]);
  });
});

const vectors = fc
  .array(fc.tuple(fc.float({ min: -10, max: 10, noNaN: true }), fc.float({ min: -10, max: 10, noNaN: true })), {
    minLength: 1,
    maxLength: 20,
  })
  .map((pairs) => ({ w: Float32Array.from(pairs, ([a]) => a), g: Float32Array.from(pairs, ([, b]) => b) }));

describe('properties', () => {
  it('momentum 0 is plain gradient descent', () => {
    fc.assert(
      fc.property(vectors, ({ w, g }) => {
        const other = w.slice();
        sgdStep(w, g, { lr, weightDecay: 0.01 });
        momentumStep(other, g, new Float32Array(w.length).fill(7), { lr, momentum: 0, weightDecay: 0.01 });
        expect(other).toEqual(w);
      }),
    );
  });

  it('no step changes the gradient, and a zero gradient from rest moves nothing', () => {
    fc.assert(
      fc.property(vectors, ({ w, g }) => {
        const before = { w: w.slice(), g: g.slice() };
        const zero = new Float32Array(w.length);
        const run = (gradient: Float32Array) => {
          const slot = () => new Float32Array(w.length);
          sgdStep(w, gradient, { lr });
          momentumStep(w, gradient, slot(), { lr, momentum: 0.9 });
          adamStep(w, gradient, slot(), slot(), { lr, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, step: 1 });
          rmspropStep(w, gradient, slot(), { lr, decay: 0.9, epsilon: 1e-7 });
        };
        run(zero);
        expect(w).toEqual(before.w);
        run(g);
        expect(g).toEqual(before.g);
      }),
    );
  });

  it('weight decay equals the same gradient with the term added by hand', () => {
    fc.assert(
      fc.property(vectors, ({ w, g }) => {
        const [a, b] = [w.slice(), w.slice()];
        const slots = () => [new Float32Array(w.length).fill(0.5), new Float32Array(w.length).fill(0.25)] as const;
        const options = { lr, beta1: 0.9, beta2: 0.999, epsilon: 1e-3, step: 5 };
        const [m1, v1] = slots();
        const [m2, v2] = slots();
        adamStep(a, g, m1, v1, { ...options, weightDecay: 0.25 });
        adamStep(
          b,
          g.map((x, i) => x + 0.25 * (w[i] as number)),
          m2,
          v2,
          options,
        );
        a.forEach((x, i) => {
          expect(x).toBeCloseTo(b[i] as number, 4);
        });
      }),
    );
  });

  it('each optimizer finds the bottom of (w - 3)²', () => {
    const slot = () => new Float32Array(1);
    const [velocity, m, v, s] = [slot(), slot(), slot(), slot()];
    const steps: Record<string, (w: Float32Array, g: Float32Array, step: number) => void> = {
      sgd: (w, g) => sgdStep(w, g, { lr: 0.1 }),
      momentum: (w, g) => momentumStep(w, g, velocity, { lr: 0.02, momentum: 0.9 }),
      adam: (w, g, step) => adamStep(w, g, m, v, { lr: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, step }),
      rmsprop: (w, g) => rmspropStep(w, g, s, { lr: 0.005, decay: 0.9, epsilon: 1e-7 }),
    };
    for (const [name, apply] of Object.entries(steps)) {
      const w = Float32Array.of(0);
      for (let step = 1; step <= 2000; step++) apply(w, Float32Array.of(2 * ((w[0] as number) - 3)), step);
      expect(Math.abs((w[0] as number) - 3), name).toBeLessThan(0.01);
    }
  });

  it('arrays of different lengths are refused', () => {
    expect(() => sgdStep(new Float32Array(2), new Float32Array(3), { lr })).toThrow(RangeError);
    expect(() => momentumStep(new Float32Array(2), new Float32Array(2), new Float32Array(1), { lr, momentum: 0 })).toThrow(RangeError);
    const adam = { lr, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, step: 0 };
    expect(() => adamStep(new Float32Array(1), new Float32Array(1), new Float32Array(1), new Float32Array(1), adam)).toThrow('from 1');
  });
});
