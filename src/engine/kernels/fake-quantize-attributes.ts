import type { Rounding } from '../../numerics/rounding';
import type { Granularity } from '../../numerics/scale-grid';
import type { RoundingStream } from '../../numerics/uniform';

/** Attributes of the kernel FewbitsFakeQuantize. */
export interface FakeQuantizeAttributes extends RoundingStream {
  readonly bits: number;
  readonly granularity: Granularity;
  readonly rounding: Rounding;
}
