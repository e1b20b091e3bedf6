import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { streamTar } from './tar-stream';
import { gnuLongName, paxRecord, tarBytes } from './test-bytes';
import { DatasetError } from './types';

const LONG = `imagenette2-160/train/${'a-very-long-folder/'.repeat(12)}é.JPEG`;
const members = [
  { name: 'folder/', bytes: new Uint8Array(), type: '5' },
  { name: 'folder/a.bin', bytes: Uint8Array.of(1, 2, 3) },
  paxRecord(LONG),
  { name: 'cut', bytes: new Uint8Array(513).fill(9) },
  gnuLongName(LONG),
  { name: 'cut', bytes: new Uint8Array(512).fill(8) },
  { name: 'empty', bytes: new Uint8Array() },
];
const archive = tarBytes(members);

/** The archive cut at these places. */
async function* pieces(bytes: Uint8Array, cuts: readonly number[]) {
  const places = [...cuts].sort((a, b) => a - b);
  for (const [i, from] of [0, ...places].entries()) yield bytes.subarray(from, places[i] ?? bytes.length);
}

async function read(bytes: Uint8Array, cuts: readonly number[] = [], wanted = (_path: string, _size: number) => true) {
  const files: (readonly [string, number, number[] | undefined])[] = [];
  for await (const { path, size, bytes: data } of streamTar('x.tar', pieces(bytes, cuts), wanted))
    files.push([path, size, data && [...data]]);
  return files;
}

describe('an archive in pieces', () => {
  test('gives its regular files with long names, wherever it is cut', async () => {
    const expected = [
      ['folder/a.bin', 3, [1, 2, 3]],
      [LONG, 513, Array(513).fill(9)],
      [LONG, 512, Array(512).fill(8)],
      ['empty', 0, []],
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(archive.length), { maxLength: 40 }), async (cuts) => {
        expect(await read(archive, cuts)).toEqual(expected);
      }),
    );
  });

  test('gives no bytes of files that are not wanted', async () => {
    const files = await read(archive, [700], (path) => path === 'folder/a.bin');
    expect(files.map(([, size, bytes]) => [size, bytes?.length])).toEqual([
      [3, 3],
      [513, undefined],
      [512, undefined],
      [0, undefined],
    ]);
  });

  test('of one file alone is released: no piece is asked for before it is needed', async () => {
    let asked = 0;
    async function* counted() {
      for (let at = 0; at < archive.length; at += 512) {
        asked++;
        yield archive.subarray(at, at + 512);
      }
    }
    for await (const _ of streamTar('x.tar', counted(), () => true)) break;
    // The folder's header, the file's header, its block.
    expect(asked).toBe(3);
  });

  test('is refused if it is cut short anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(archive.length - 1025), async (length) => {
        await expect(read(archive.subarray(0, length))).rejects.toThrow(DatasetError);
      }),
    );
  });

  test('is refused with a damaged header, or a name without end', async () => {
    const damaged = archive.slice();
    damaged[512 + 124] = 0x37;
    await expect(read(damaged)).rejects.toThrow('x.tar is a damaged tar archive: the header at byte 512 is wrong.');
    await expect(read(tarBytes([gnuLongName('a'.repeat(70_000))]))).rejects.toThrow('the header at byte 0 is wrong');
  });

  test('may have a record of another kind, or one that makes no sense', async () => {
    const odd = [{ name: 'p', type: 'x', bytes: new TextEncoder().encode('9999 path=q\n') }, members[1] as (typeof members)[number]];
    expect((await read(tarBytes(odd))).map(([path]) => path)).toEqual(['folder/a.bin']);
  });
});
