import { packBits, packedLength, packUnsigned, unpackBits, unpackUnsigned } from '../../coding/pack-bits';
import { bitsInWords } from '../section';
import type { Coder } from './coder';

/** Every code takes as many bits as the alphabet has, without gaps, padded to a whole byte. A tensor without a coder has this one. */
export const packed: Coder<'packed'> = {
  id: 'packed',
  number: 0,
  leastBytes: packedLength,

  write(codes, { bits, sign }, { label, noun, kind }) {
    const bytes = sign === 'signed' ? packBits(codes, bits) : packUnsigned(codes, bits);
    return [{ bytes, name: `${label} ${noun}, ${bitsInWords(bits)}`, kind }];
  },

  read(body, count, { bits, sign }, what) {
    const bytes = body.take(packedLength(count, bits), what);
    return sign === 'signed' ? unpackBits(bytes, count, bits) : unpackUnsigned(bytes, count, bits);
  },
};
