import { sha256Hex } from '../numerics/coding/checksums';
import { labelNotices } from './label-notices';
import { channelStatistics } from './normalize';
import type { OwnImages } from './own-images';
import type { Dataset } from './types';

/**
 * A dataset of a person's own images.
 * @param checksum SHA-256 (hex) that names it in links; of the labels and pixels if not given
 * @param notices sentences for the person, before those about labels
 */
export function ownDataset(images: OwnImages, checksum?: string, notices: readonly string[] = []): Dataset {
  const { name, shape, classes, train, test } = images;
  return {
    id: 'own',
    name,
    shape,
    classes,
    train,
    test,
    shards: [train.count],
    ...channelStatistics(train.pixels, shape.channels),
    checksum: checksum ?? sha256Hex(train.labels, train.pixels, test.labels, test.pixels),
    ready: () => Promise.resolve(),
    testReady: () => Promise.resolve(),
    notices: [...notices, ...labelNotices(train, test, classes)],
  };
}
