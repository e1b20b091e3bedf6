import type { LedgerKind } from '../../measures/ledger';
import { float32Bytes } from '../byte-reader';
import type { StoredRole } from '../section';
import type { EncodingHead, EncodingKind } from './encoding-kind';

/** The values as they are. */
export interface Float32Encoding {
  readonly kind: 'float32';
  readonly values: Float32Array;
}

const LEDGER_KIND: Readonly<Record<StoredRole, LedgerKind>> = {
  weight: 'floats',
  bias: 'biases',
  statistic: 'statistics',
  range: 'scales',
};

export const float32: EncodingKind<Float32Encoding, EncodingHead> = {
  kind: 'float32',
  numbers: [0],
  numberOf: () => 0,
  pushHead() {},
  readHead: () => ({ bits: 32, granularity: 'tensor' }),
  write: ({ values }, to) => [{ bytes: float32Bytes(to.entries(values)), name: `${to.label}, float32`, kind: LEDGER_KIND[to.role] }],
  read: (_body, _head, from) => ({ kind: 'float32', values: from.values() }),
  decode: ({ values }) => values.slice(),
  problem: () => undefined,
  order: () => null,
  levels: () => new Float32Array(),
  possibleLevels: () => null,
  blockScales: () => null,
};
