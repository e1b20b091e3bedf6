import { architectureOf, originalSize } from '../../experiment/methods/models/architecture';
import { compareStorages, type StorageRow } from '../../numerics/container/compare-storages';
import { decodeTensor, readModelFile, writeModelFile } from '../../numerics/container/model-file';
import type { StoredTensor } from '../../numerics/container/stored-tensor';
import type { FileReport, StorageOf, StoredWeights } from '../protocol-file';
import { checkTensors } from './check-tensors';
import { gzipLength } from './gzip';

/**
 * What a model file holds, and what its model takes in other storages.
 * @throws ModelFileError or RangeError, with a sentence, for a file that describes no network
 */
export async function fileReport(bytes: Uint8Array): Promise<FileReport> {
  const { meta, tensors } = readModelFile(bytes);
  const architecture = architectureOf(meta);
  checkTensors(architecture, tensors);
  const { input, classes } = architecture;
  const { ledger } = writeModelFile(meta, tensors, originalSize(meta));
  const storages = compareStorages(meta, tensors);
  const layers = tensors.filter(({ role }) => role === 'weight').map(storedWeights);
  return {
    ...{ model: String(meta.model), input, classes, ledger, layers },
    weights: layers.reduce((sum, { values }) => sum + values.length, 0),
    nonZero: layers.reduce((sum, { values }) => sum + values.reduce((own, value) => own + (value === 0 ? 0 : 1), 0), 0),
    storages: [
      { id: 'file', label: 'this file', about: 'The file as it is.', parts: ledger.parts, bits: ledger.totalBits },
      ...storages.map(({ bytes: _, ...row }) => row),
      ...(await zipped(storages)),
    ],
  };
}

/** What a general compressor makes of the two dense files. */
async function zipped(rows: readonly StorageRow[]): Promise<StorageOf[]> {
  const found: StorageOf[] = [];
  for (const { id, label, bytes } of rows) {
    if (!bytes || (id !== 'float32' && id !== 'dense')) continue;
    const bits = 8 * (await gzipLength(bytes));
    const name = `${label}, gzip`;
    const about = `The ${label} file in gzip, as this browser writes it. It finds repeated bytes by itself.`;
    found.push({ id: `${id}-gzip`, label: name, about, parts: [{ name, kind: 'codes', tensor: '', bits }], bits });
  }
  return found;
}

function storedWeights(tensor: StoredTensor): StoredWeights {
  const { name, shape, encoding, support } = tensor;
  const values = decodeTensor(tensor);
  return {
    ...{ name, shape, values },
    kept: support?.kept ?? Uint8Array.from(values, (value) => (value === 0 ? 0 : 1)),
    codes: 'codes' in encoding ? encoding.codes : null,
    bits: 'codes' in encoding ? encoding.bits : 32,
    indexBits: support?.kind === 'relative' ? support.bits : null,
  };
}
