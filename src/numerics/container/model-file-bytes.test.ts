import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../coding/checksums';
import { plainTensors } from '../testing/plain-tensors';
import { bias, codebook, dense, fp4, int8, nvfp4, signs } from '../testing/small-tensors';
import { readModelFile, writeModelFile } from './model-file';
import type { StoredTensor } from './stored-tensor';

/** Digests of what the program wrote before a tensor could have a support: recorded runs and links depend on these bytes. */
const OF_SEEDS: readonly (readonly [seed: number, length: number, digest: string])[] = [
  [1, 3459, '1266a6e28cfddec2cc4fb8c6c6b298f16afe592a01ac9c04f1450c6e827927d6'],
  [2, 4117, 'a29774bda4bd59417e933c94f604571cd50c2c67ac00a2666169030470c3efc3'],
  [3, 3369, 'dbad4c69eef687e41578ffc2a50c8b3ff5dc71ae7ca4d73189867ec50aa80c89'],
  [4, 4095, 'fff03317ddb05c1b39f709f0174125676058d338da16263fa4d88bce1e61000b'],
  [5, 3124, '053df72a1320121e2d96edde5c0ac95f7446706d25bb69179f60e52c7666de07'],
  [6, 3136, 'adca1ea2403af487555f38fc1fe6663d76a15b661bcf697769448a93e67259a2'],
  [7, 3422, 'e534895d84df157a4673790b937660b441d286ed1c30327003e2c80575c2d9a8'],
  [8, 3660, 'e2a9ef2cc894c91ec952b9412af5d69e404d5668dce87f7ef9b153b9cae76dd7'],
];
const OF_SMALL_TENSORS =
  '4645574201000700117b226d6f64656c223a22736d616c6c227d0a6663312f6b65726e656c000102030204086663312f62696173010001020163000502020202000104016200060202020201016600080202020701016e0009020202070101690008010208000000003f0921f70000803e000080bf000080bf0000003f00000000000000409c0000803f0000803e000000400000003fe47e82172f3839172f7c7fff6daab26e';

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

describe('the bytes of tensors without a support', () => {
  it('are those of the first version of the file, tensor by tensor', () => {
    const { bytes } = writeModelFile({ model: 'small' }, [dense, bias, codebook, signs, fp4, nvfp4, int8]);
    expect(hex(bytes)).toBe(OF_SMALL_TENSORS);
  });

  it.each(OF_SEEDS)('are those of the first version of the file, seed %i', (seed, length, digest) => {
    const { bytes } = writeModelFile({ seed }, plainTensors(seed));
    expect([bytes.length, sha256Hex(bytes)]).toEqual([length, digest]);
  });

  it('do not change where a tensor says that its coder is the usual one', () => {
    const tensors = plainTensors(1);
    const said = tensors.map((tensor): StoredTensor => ({ ...tensor, coder: 'packed' }));
    expect(writeModelFile({}, said).bytes).toEqual(writeModelFile({}, tensors).bytes);
    for (const tensor of readModelFile(writeModelFile({}, said).bytes).tensors) expect(tensor).not.toHaveProperty('coder');
  });
});
