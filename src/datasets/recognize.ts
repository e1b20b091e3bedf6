import { CIFAR_RECORD, cifar100Sentence, isCifar100 } from './cifar';
import { gunzip, isGzip } from './gunzip';
import { looksLikeIdx } from './idx';
import { isJpeg } from './photos/folders';
import { isTar, type NamedBytes, readTar } from './tar';
import { DatasetError, MAX_BYTES } from './types';

/** A person's files by kind, unzipped and unpacked. At least one list is not empty. */
export interface Recognized {
  readonly idx: readonly NamedBytes[];
  readonly cifar: readonly NamedBytes[];
}

const WHAT_IS_READ = 'only IDX files, CIFAR-10 binary batches and archives of JPEG folders can be read';
const PYTHON = 'is the Python version of CIFAR-10; download the binary version, cifar-10-binary.tar.gz, instead.';

/** How often a file may be gzipped over. */
const MOST_ZIPPED = 3;

/** Beginnings of files that people try, with what they are. */
const KNOWN: readonly (readonly [string, readonly number[]])[] = [
  ['a zip archive', [0x50, 0x4b, 0x03, 0x04]],
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['a GIF picture', [0x47, 0x49, 0x46, 0x38]],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46]],
  ['an xz archive', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['a bzip2 archive', [0x42, 0x5a, 0x68]],
  ['a 7-Zip archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['a NumPy array', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
  ['an HDF5 file', [0x89, 0x48, 0x44, 0x46]],
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31]],
  ['a MATLAB file', [0x4d, 0x41, 0x54, 0x4c, 0x41, 0x42]],
  ['a web page', [0x3c, 0x21, 0x44, 0x4f, 0x43, 0x54]],
  ['a web page', [0x3c, 0x21, 0x64, 0x6f, 0x63, 0x74]],
];

/** Unzips and unpacks the files and sorts them by kind. @throws DatasetError for a file that is neither kind */
export async function recognize(files: readonly NamedBytes[]): Promise<Recognized> {
  const idx: NamedBytes[] = [];
  const cifar: NamedBytes[] = [];
  let budget = MAX_BYTES;
  for (const file of files) {
    const plain = await unzip(file, budget);
    budget -= plain.bytes.length;
    const unpacked = isTar(plain.bytes) ? fromArchive(plain) : [plain];
    for (const member of unpacked) (kindOf(member) === 'idx' ? idx : cifar).push(member);
  }
  return { idx, cifar };
}

async function unzip(file: NamedBytes, budget: number): Promise<NamedBytes> {
  if (file.bytes.length === 0) throw new DatasetError(`${file.name} is empty.`);
  let { bytes } = file;
  // A server or a browser may have zipped what was zipped already.
  for (let times = 0; isGzip(bytes); times++) {
    if (times === MOST_ZIPPED) throw new DatasetError(`${file.name} is gzipped more than ${MOST_ZIPPED} times over: unzip it first.`);
    bytes = await gunzip(file.name, bytes, budget);
  }
  return { name: file.name, bytes };
}

/** The data files of an archive; texts and the like are skipped. */
function fromArchive(archive: NamedBytes): NamedBytes[] {
  // Archives made on macOS hold a "._name" beside every file, with its attributes.
  const members = readTar(archive.name, archive.bytes).filter((member) => !member.name.startsWith('._'));
  if (members.some(isPython100)) throw new DatasetError(cifar100Sentence(archive.name));
  if (members.some((member) => isPythonBatch(member))) throw new DatasetError(`${archive.name} ${PYTHON}`);
  const data = members.filter((member) => isBin(member) || looksLikeIdx(member.bytes) || isCifar100(member.bytes));
  if (data.length === 0 && members.some((member) => isJpeg(member.bytes))) {
    throw new DatasetError(
      `${archive.name} holds JPEG pictures: open it alone, with the pictures in folders train/<class>/ and val/<class>/.`,
    );
  }
  if (data.length === 0) throw new DatasetError(`${archive.name} contains no usable file; ${WHAT_IS_READ}.`);
  return data;
}

function kindOf(file: NamedBytes): 'idx' | 'cifar' {
  const { name, bytes } = file;
  if (bytes.length === 0) throw new DatasetError(`${name} is empty.`);
  // A batch may begin with a black pixel, as an IDX header does, so that a batch's name and length are judged first.
  const idx = looksLikeIdx(bytes);
  if (isPython100(file) || ((isBin(file) || !idx) && isCifar100(bytes))) throw new DatasetError(cifar100Sentence(name));
  if (isBin(file) && bytes.length % CIFAR_RECORD === 0) return 'cifar';
  if (idx) return 'idx';
  if (isPythonBatch(file)) throw new DatasetError(`${name} ${PYTHON}`);
  const known = KNOWN.find(([, start]) => start.every((byte, at) => bytes[at] === byte));
  if (known) throw new DatasetError(`${name} is ${known[0]}; ${WHAT_IS_READ}.`);
  if (isBin(file)) return 'cifar';
  if (isText(bytes)) throw new DatasetError(`${name} is a text file; ${WHAT_IS_READ}.`);
  throw new DatasetError(`${name} has an unknown type; ${WHAT_IS_READ}.`);
}

function isBin(file: NamedBytes): boolean {
  return /\.bin(\.gz)?$/i.test(file.name);
}

/** A pickle with fine and coarse labels: the Python version of CIFAR-100, whose names of images come first. */
function isPython100({ bytes }: NamedBytes): boolean {
  return isPickle(bytes) && new TextDecoder('latin1').decode(bytes.subarray(0, 2 ** 23)).includes('fine_label');
}

function isPickle(bytes: Uint8Array): boolean {
  return bytes[0] === 0x80 && (bytes[1] as number) >= 2 && (bytes[1] as number) <= 5;
}

/** A pickle (protocol 2 or later: 0x80, version), or a batch file without the ".bin" of the binary version. */
function isPythonBatch({ name, bytes }: NamedBytes): boolean {
  return /^(data_batch_\d|test_batch|batches\.meta)(\.gz)?$/i.test(name) || (isPickle(bytes) && !isBin({ name, bytes }));
}

function isText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 1000).every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
