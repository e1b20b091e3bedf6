/**
 * Formats in which the numbers of a block share a scale: those of the Open Compute Project with a power of two
 * (Rouhani et al. 2023, arXiv 2310.10537), and NVFP4 with a number of fp8 (Abecassis et al. 2025, arXiv 2509.25149).
 */
import type { ElementId } from './number-format';

export type BlockFormatId = 'mxfp8' | 'mxfp8-e5m2' | 'mxfp6-e2m3' | 'mxfp6-e3m2' | 'mxfp4' | 'mxint8' | 'nvfp4';

export interface BlockFormat {
  readonly label: string;
  readonly element: ElementId;
  /** Numbers that share a scale. */
  readonly size: number;
  /** How the scale is written, in 8 bits: a power of two, or a number of fp8 e4m3fn. */
  readonly scale: 'e8m0' | 'e4m3fn';
}

const MX_BLOCK = 32;

function mx(label: string, element: ElementId): BlockFormat {
  return { label, element, size: MX_BLOCK, scale: 'e8m0' };
}

export const blockFormats: Readonly<Record<BlockFormatId, BlockFormat>> = {
  mxfp8: mx('MXFP8 (e4m3fn)', 'e4m3fn'),
  'mxfp8-e5m2': mx('MXFP8 (e5m2)', 'e5m2'),
  'mxfp6-e2m3': mx('MXFP6 (e2m3)', 'e2m3'),
  'mxfp6-e3m2': mx('MXFP6 (e3m2)', 'e3m2'),
  mxfp4: mx('MXFP4 (e2m1)', 'e2m1'),
  mxint8: mx('MXINT8', 'int8'),
  nvfp4: { label: 'NVFP4', element: 'e2m1', size: 16, scale: 'e4m3fn' },
};
