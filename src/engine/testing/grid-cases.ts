/** For tests: roundings to formats, on numbers of all magnitudes, and what the twins give. */
import { blockFormats } from '../../numerics/formats/block-formats';
import { elementOf } from '../../numerics/formats/element';
import { fixedPointGrid } from '../../numerics/formats/fixed-point';
import { formatGrid } from '../../numerics/formats/format-rounding';
import type { FormatId } from '../../numerics/formats/number-format';
import { formats } from '../../numerics/formats/number-format';
import { roundToTarget, targetGrid } from '../../numerics/quantizers/number-target';
import { fillNormal, fillUniform } from '../../numerics/random/rng';
import { isStochastic, type Rounding, roundings } from '../../numerics/rounding/rounding';
import { roundAllToGrid } from '../../numerics/rounding/rounding-grid';
import { scaleGrid } from '../../numerics/scales/scale-grid';
import type { BlockScale, RoundToGridAttributes } from '../kernels/shared/attributes';

export interface GridCase {
  readonly name: string;
  readonly attributes: RoundToGridAttributes;
  readonly expected: Float32Array;
}

export const gridShape = [70, 8] as const;
const count = 560;

/** Normal numbers, some of them very large or small, ties, zeros, and float32's limits. */
export function gridValues(): Float32Array {
  const values = new Float32Array(count);
  fillNormal(values, 3, 1, 0);
  for (let i = 0; i < count; i++) if (i % 3 === 1) values[i]! *= 2 ** ((i % 160) - 80);
  values.set([0, -0, 2 ** -149, -(2 ** -149), 2 ** -126, 3.4e38, -3.4e38, 464, 465, 61440, -61440, 2 ** -10, 1.125, -1.375, 5, 257, 65520]);
  return values;
}

/** Multiples of 2^−24 in [0, 1), some of them 0, and some so small that they decide about numbers far below the step. */
export function gridDraws(): Float32Array {
  const draws = new Float32Array(count);
  fillUniform(draws, 4, 5, 6);
  for (let i = 0; i < count; i += 4) draws[i] = 2 ** -(8 + (i % 17));
  draws.fill(0, 0, 10);
  return draws;
}

export function gridCases(): GridCase[] {
  const [values, draws] = [gridValues(), gridDraws()];
  const plain = (Object.keys(formats) as (FormatId | 'fp32')[]).flatMap((id) =>
    (id === 'fp32' || id === 'fp16' || id === 'e4m3fn' || id === 'e5m2' ? roundings : (['nearest-even', 'stochastic'] as const)).map(
      (rounding) => {
        const grid = formatGrid(formats[id], { saturate: id === 'e3m2' });
        return { name: `${id}, ${rounding}`, attributes: { grid, rounding }, expected: roundAllToGrid(values, grid, rounding, draws) };
      },
    ),
  );
  const fixed = roundings.map((rounding: Rounding) => {
    const grid = fixedPointGrid({ integerBits: 6, fractionBits: 10 });
    return { name: `<6, 10>, ${rounding}`, attributes: { grid, rounding }, expected: roundAllToGrid(values, grid, rounding, draws) };
  });
  const blocks = (['mxfp8', 'mxfp8-e5m2', 'mxfp6-e2m3', 'mxfp4', 'mxint8', 'nvfp4'] as const).flatMap((id) =>
    (['nearest-even', 'stochastic'] as const).map((rounding) => {
      const target = { kind: 'blocks', ...blockFormats[id] } as const;
      const layout = scaleGrid(gridShape, { inputs: target.size });
      const { maxExponent, maxFinite } = elementOf(target.element);
      const scale: BlockScale = target.scale === 'e8m0' ? { scale: 'e8m0', maxExponent } : { scale: 'e4m3fn', maxFinite };
      const attributes = { grid: targetGrid(target), rounding, blocks: { layout, ...scale } };
      const expected = roundToTarget(values, target, layout, rounding, isStochastic(rounding) ? draws : undefined);
      return { name: `${id}, ${rounding}`, attributes, expected };
    }),
  );
  return [...plain, ...fixed, ...blocks];
}
