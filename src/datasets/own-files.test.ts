import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../numerics/coding/checksums';
import { openFiles, readOwnFiles } from './own-files';
import { cifarBytes, cyclicLabels, gzipBytes, idxBytes, idxPair, patternPixels, tarBytes } from './test-bytes';
import { DatasetError } from './types';

const train = idxPair('train', 120);
const t10k = idxPair('t10k', 30);
/** Records of a coarse and a fine label and a picture. */
const cifar100 = (count: number) =>
  Uint8Array.from({ length: 3074 * count }, (_, i) => (i % 3074 === 0 ? Math.floor(i / 3074) % 20 : i % 3074 === 1 ? 99 : 128));
const named = (name: string, bytes: Uint8Array | string) => ({
  name,
  bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes,
});

async function refuse(files: readonly { name: string; bytes: Uint8Array }[], message: string) {
  const outcome = await readOwnFiles(files).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(DatasetError);
  expect((outcome as Error).message).toContain(message);
}

describe('IDX files', () => {
  test('four of them, in any order, zipped or not, give the same dataset', async () => {
    const files = [...train, ...t10k];
    const expected = await readOwnFiles(files);
    expect(expected).toMatchObject({ id: 'own', name: 'IDX files', shards: [120], classes: ['0', '1', '2'] });
    expect(expected.shape).toEqual({ height: 8, width: 8, channels: 1 });
    expect([expected.train.count, expected.test.count]).toEqual([120, 30]);
    expect(expected.checksum).toBe(
      sha256Hex(cyclicLabels(120, 3), patternPixels(120, 64, 5), cyclicLabels(30, 3), patternPixels(30, 64, 4)),
    );
    const zipped = await Promise.all(files.map(async (file) => named(`${file.name}.gz`, await gzipBytes(file.bytes))));
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        async (order, zip) => {
          const given = order.map((i) => (zip[i] ? zipped : files)[i] as (typeof files)[number]);
          expect((await readOwnFiles(given)).checksum).toBe(expected.checksum);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('two of them give up a sixth of each class as the test set, and the name says so', async () => {
    const dataset = await readOwnFiles(train);
    expect(dataset.name).toBe('IDX files (a sixth of each class held out as test)');
    expect([dataset.train.count, dataset.test.count, dataset.shards]).toEqual([100, 20, [100]]);
    expect([0, 1, 2].map((label) => dataset.test.labels.filter((found) => found === label).length)).toEqual([7, 7, 6]);
    expect(dataset.notices).toEqual([]);
  });

  test('of one pair sorted by class every class is on both sides', async () => {
    // 1,200 images; the label of image i is ⌊i / 200⌋.
    const labels = Uint8Array.from({ length: 1200 }, (_, i) => Math.floor(i / 200));
    const { train, test, notices } = await readOwnFiles([
      named('images', idxBytes([1200, 8, 8], patternPixels(1200, 64))),
      named('labels', idxBytes([1200], labels)),
    ]);
    const counts = ({ labels }: { labels: Uint8Array }) => [0, 1, 2, 3, 4, 5].map((label) => labels.filter((one) => one === label).length);
    expect([counts(train), counts(test), notices]).toEqual([[166, 166, 167, 167, 167, 167], [34, 34, 33, 33, 33, 33], []]);
  });

  test('of a class that only the test images have, a sentence tells', async () => {
    const dataset = await readOwnFiles([...train, t10k[0], named('t10k-labels', idxBytes([30], cyclicLabels(30, 4)))]);
    expect(dataset.classes).toEqual(['0', '1', '2', '3']);
    expect(dataset.notices).toEqual(['No training image belongs to class 3, so the network cannot learn to recognize it.']);
  });

  test('without telling names the larger pair is the training set', async () => {
    const [a, b, c, d] = [...t10k, ...train].map((file, i) => named(`file${i}`, file.bytes));
    const dataset = await readOwnFiles([a, b, c, d] as never);
    expect([dataset.train.count, dataset.test.count]).toEqual([120, 30]);
  });

  test('one telling name is enough', async () => {
    const [images, labels] = idxPair('x', 130);
    const dataset = await readOwnFiles([images, labels, ...idxPair('test', 140)]);
    expect([dataset.train.count, dataset.test.count]).toEqual([130, 140]);
  });

  test('come out of a tar archive too', async () => {
    const archive = await gzipBytes(tarBytes([...train, ...t10k, named('README.txt', 'hello')]));
    expect((await readOwnFiles([named('mine.tgz', archive)])).checksum).toBe((await readOwnFiles([...train, ...t10k])).checksum);
  });

  const [trainImages, trainLabels] = train;
  const same = [...idxPair('a', 120), ...idxPair('b', 120)];
  test.each<[string, readonly { name: string; bytes: Uint8Array }[], string]>([
    ['nothing', [], 'No file given'],
    ['images alone', [trainImages], 'train-images-idx3-ubyte: found 1 image file and 0 label files'],
    ['three files', [...train, t10k[0]], 'found 2 image files and 1 label file'],
    [
      'counts that differ',
      [trainImages, named('l', idxBytes([119], cyclicLabels(119, 3)))],
      'train-images-idx3-ubyte holds 120 images, but l holds 119 labels.',
    ],
    ['pairs alike', same, 'a-images-idx3-ubyte and b-images-idx3-ubyte both hold 120 images: put "train" and "test" into the names'],
    [
      'one class',
      [trainImages, named('l', idxBytes([120], new Uint8Array(120).fill(4)))],
      'l has label 4 for every image; at least two classes are needed.',
    ],
    [
      'sizes that differ',
      [...train, ...idxPair('test', 30, 9)],
      'test-images-idx3-ubyte has images of 9 × 9 pixels, but train-images-idx3-ubyte of 8 × 8.',
    ],
    ['too few in one pair', idxPair('train', 99), 'train-images-idx3-ubyte holds 99 training images; at least 100 are needed.'],
    ['too few of four', [...idxPair('train', 99), ...t10k], 'train-images-idx3-ubyte holds 99 training images; at least 100 are needed.'],
    ['an empty file', [trainImages, named('l', new Uint8Array())], 'l is empty.'],
    ['a CIFAR batch among them', [...train, named('data_batch_1.bin', cifarBytes(1))], 'open one kind at a time'],
    ['labels in floats', [trainImages, named('l', Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 0))], 'l holds numbers of IDX type 0x0d'],
  ])('are refused with %s', (_, files, message) => refuse(files, message));

  test('cut or with a damaged header are refused, with a damaged label or pixel they are read as they are', async () => {
    const labelBytes = trainLabels.bytes;
    await fc.assert(
      fc.asyncProperty(fc.nat(labelBytes.length - 1), (length) => refuse([trainImages, named('l', labelBytes.subarray(0, length))], 'l ')),
      { numRuns: 50 },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(trainImages.bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = trainImages.bytes.slice();
        bytes[at] = (bytes[at] as number) ^ flip;
        const outcome = await readOwnFiles([named('i', bytes), trainLabels]).catch((error: unknown) => error);
        if (at < 16) expect(outcome).toBeInstanceOf(DatasetError);
        else expect(outcome).toMatchObject({ train: { count: 100 }, test: { count: 20 } });
      }),
      { numRuns: 50 },
    );
  });
});

describe('CIFAR-10 batches', () => {
  const batches = [1, 2, 3, 4, 5].map((n) => named(`data_batch_${n}.bin`, cifarBytes(20 + n)));
  const testBatch = named('test_batch.bin', cifarBytes(30));

  test('are put together in the order of their numbers, loose or as an archive', async () => {
    const loose = await readOwnFiles([testBatch, ...[...batches].reverse()]);
    expect(loose).toMatchObject({ id: 'own', name: 'CIFAR-10 files', shape: { height: 32, width: 32, channels: 3 } });
    expect(loose.classes[3]).toBe('cat');
    expect([loose.train.count, loose.test.count]).toEqual([115, 30]);
    expect([...loose.train.labels.subarray(20, 24)]).toEqual([0, 0, 1, 2]);
    expect(loose.mean.slice(1)).toEqual([100 / 255, 200 / 255]);
    const members = [...batches, testBatch].map((file) => ({ ...file, name: `cifar-10-batches-bin/${file.name}` }));
    const archive = tarBytes([
      named('cifar-10-batches-bin/readme.html', '<!DOCTYPE html>'),
      named('a/._data_batch_1.bin', 'x'),
      ...members,
    ]);
    const packed = await readOwnFiles([named('cifar-10-binary.tar.gz', await gzipBytes(archive))]);
    expect(packed.checksum).toBe(loose.checksum);
  });

  test('may be some of them, and the name says so', async () => {
    const [first] = batches;
    const dataset = await readOwnFiles([named('data_batch_1.bin', cifarBytes(120)), testBatch]);
    expect(dataset.name).toBe('CIFAR-10 files (1 of 5 batches)');
    expect((await readOwnFiles(batches)).name).toBe('CIFAR-10 files (a sixth of each class held out as test)');
    await refuse([first as never, testBatch], 'data_batch_1.bin holds 21 training images; at least 100 are needed.');
  });

  test('that begin with a black pixel are not taken for IDX', async () => {
    const black = cifarBytes(120);
    black.set([0, 0, 8, 3]);
    expect((await readOwnFiles([named('data_batch_1.bin', black), testBatch])).train.count).toBe(120);
  });

  test.each<[string, { name: string; bytes: Uint8Array }[], string]>([
    ['the test batch alone', [testBatch], 'test_batch.bin is the test batch alone'],
    ['a batch twice', [batches[0] as never, named('data_batch_1.bin', cifarBytes(3))], 'data_batch_1.bin was given twice'],
    ['two test batches', [batches[0] as never, testBatch, named('my-test.bin', cifarBytes(3))], 'both named as the test batch'],
    ['a name that says nothing', [named('x.bin', cifarBytes(3))], 'x.bin is named neither data_batch_1.bin'],
    ['a cut batch', [named('data_batch_1.bin', cifarBytes(3).subarray(1))], 'not a whole number of CIFAR-10 records'],
    ...['train.bin', 'test.bin', 'train', 'data_batch_1.bin', 'x.dat'].map(
      (name): [string, { name: string; bytes: Uint8Array }[], string] => [
        `CIFAR-100 as ${name}`,
        [named(name, cifar100(20)), testBatch],
        `${name} looks like CIFAR-100 (3,074 bytes an image); only the CIFAR-10 binary version is read.`,
      ],
    ),
    ['CIFAR-100 of a length that CIFAR-10 may have', [named('train.bin', cifar100(3073))], 'train.bin looks like CIFAR-100'],
    [
      'CIFAR-100 for Python',
      [named('train', Uint8Array.of(0x80, 2, ...new TextEncoder().encode('}q(U\x0bfine_labelsq')))],
      'train looks like CIFAR-100',
    ],
    [
      'the Python version',
      [named('data_batch_1', Uint8Array.of(0x80, 2, 0x7d))],
      'is the Python version of CIFAR-10; download the binary version',
    ],
  ])('are refused: %s', (_, files, message) => refuse(files, message));

  test('of the Python version are refused as an archive', async () => {
    const archive = tarBytes([
      named('cifar-10-batches-py/data_batch_1', Uint8Array.of(0x80, 2)),
      named('cifar-10-batches-py/readme.html', 'x'),
    ]);
    await refuse([named('cifar-10-python.tar.gz', await gzipBytes(archive))], 'cifar-10-python.tar.gz is the Python version of CIFAR-10');
  });
});

test('an archive of CIFAR-100 is called one, whatever the names in it', async () => {
  for (const name of ['train.bin', 'images']) {
    const archive = tarBytes([named(`cifar-100-binary/${name}`, cifar100(3)), named('cifar-100-binary/fine_label_names.txt', 'apple')]);
    await refuse([named('cifar-100-binary.tar.gz', await gzipBytes(archive))], `${name} looks like CIFAR-100`);
  }
});

test('files gzipped two or three times over are unpacked, archives too; more often they are refused', async () => {
  const twice = await Promise.all(train.map(async ({ name, bytes }) => named(`${name}.gz`, await gzipBytes(await gzipBytes(bytes)))));
  const expected = await readOwnFiles(train);
  expect((await readOwnFiles(twice)).checksum).toBe(expected.checksum);
  const archive = await gzipBytes(await gzipBytes(await gzipBytes(tarBytes([...train]))));
  expect((await readOwnFiles([named('mine.tar.gz', archive)])).checksum).toBe(expected.checksum);
  await refuse([named('mine.tar.gz', await gzipBytes(archive))], 'mine.tar.gz is gzipped more than 3 times over: unzip it first.');
});

describe('other files', () => {
  test.each([
    [
      'a.zip',
      Uint8Array.of(0x50, 0x4b, 3, 4),
      'a.zip is a zip archive; only IDX files, CIFAR-10 binary batches and archives of JPEG folders can be read.',
    ],
    ['a.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'a.png is a PNG picture'],
    ['a.csv', '1,2,3\n', 'a.csv is a text file'],
    ['a.npy', Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59), 'a.npy is a NumPy array'],
    ['a.html', '<!DOCTYPE html>', 'a.html is a web page'],
    ['a', Uint8Array.of(1, 2, 3), 'a has an unknown type'],
  ])('%s is refused', (name, bytes, message) => refuse([named(name, bytes)], message));

  test('an archive without data, a damaged archive and damaged gzip are refused', async () => {
    await refuse([named('a.tar', tarBytes([named('readme.txt', 'x')]))], 'a.tar contains no usable file');
    await refuse([named('a.tar', tarBytes([...train]).subarray(0, 1000))], 'a.tar is a tar archive that ends in the middle of a file');
    const zipped = await gzipBytes(train[0].bytes);
    await refuse([named('a.gz', zipped.subarray(0, 100))], 'a.gz is an incomplete gzip file, which ends in the middle: download it again.');
  });

  test('whatever the bytes, the outcome is a dataset or a DatasetError', async () => {
    const name = fc.constantFrom('x', 'x.bin', 'data_batch_1.bin', 'test_batch.bin', 'train-images', 'x.gz', 'x.tar');
    const start = fc.constantFrom([], [0, 0, 8, 1], [0, 0, 8, 3], [0x1f, 0x8b, 8], [0x50, 0x4b, 3, 4]);
    const file = fc.record({ name, start, tail: fc.uint8Array({ maxLength: 600 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 4 }), async (files) => {
        const given = files.map((f) => named(f.name, Uint8Array.of(...f.start, ...f.tail)));
        // So few bytes can never hold 100 images of 8 × 8.
        await expect(readOwnFiles(given)).rejects.toThrow(DatasetError);
      }),
      { numRuns: 200 },
    );
  });
});

describe('openFiles', () => {
  test('reads files of a browser', async () => {
    const files = train.map((file) => new File([file.bytes as Uint8Array<ArrayBuffer>], file.name));
    expect((await openFiles(files)).checksum).toBe((await readOwnFiles(train)).checksum);
  });

  test('refuses more than 1 GiB before reading it, and says which file cannot be read', async () => {
    const huge = { name: 'huge', size: 3 * 2 ** 30, arrayBuffer: () => Promise.reject(new Error('was read')) } as unknown as File;
    await expect(openFiles([huge])).rejects.toThrow(new DatasetError('The files are 3.0 GiB together; the limit is 1 GiB.'));
    const gone = { name: 'gone', size: 3, arrayBuffer: () => Promise.reject(new Error('NotReadableError')) } as unknown as File;
    await expect(openFiles([gone])).rejects.toThrow(
      new DatasetError('gone cannot be read: it may be a folder, or it was moved or changed.'),
    );
  });
});
