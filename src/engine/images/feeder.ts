import { affine } from '../../datasets/normalize';
import { epochOrder, splitIndices } from '../../datasets/split';
import type { Dataset } from '../../datasets/types';
import type { Normalization } from '../../experiment/types/experiment';
import { Purpose, permutation } from '../../numerics/random/rng';
import { type Affine, gatherBatch } from './batches';

/** The stream of the split is drawn from at step 0; the choice of calibration images, at this one. */
const CALIBRATION = 1;

/** Epoch numbers of one training stage start here apart, so that no two stages see the same order. */
const EPOCHS_PER_STAGE = 65_536;

/** The stream of training batches: which images, in which order, as numbers. Any position can be requested; nothing is stored. */
export class Feeder {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly affine: Affine;
  private cached: { readonly epoch: number; readonly seed: number; readonly order: Uint32Array } | undefined;

  constructor(
    readonly dataset: Dataset,
    normalization: Normalization,
    private readonly seed: number,
  ) {
    const split = splitIndices(dataset.train.count, seed);
    this.train = split.train;
    this.validation = split.validation;
    this.affine = affine(dataset, normalization);
  }

  get pixels(): number {
    const { width, height, channels } = this.dataset.shape;
    return width * height * channels;
  }

  /** The image indices of one step. @param ordinal how many training stages came before */
  indices(step: number, batch: number, ordinal: number, orderSeed: number): Uint32Array {
    const result = new Uint32Array(batch);
    for (let i = 0; i < batch; i++) {
      const position = step * batch + i;
      const order = this.order(ordinal * EPOCHS_PER_STAGE + Math.floor(position / this.train.length), orderSeed);
      result[i] = order[position % this.train.length] ?? 0;
    }
    return result;
  }

  /**
   * At most `count` training images to calibrate on. Prepared files are mixed, and their first images arrive first; own files may be
   * sorted by class, so that theirs are drawn by seed.
   */
  calibration(count: number): Uint32Array {
    if (this.dataset.id !== 'own') return this.train.subarray(0, count);
    const drawn = permutation(this.train.length, this.seed, Purpose.split, CALIBRATION).subarray(0, count);
    return drawn.map((place) => this.train[place] as number);
  }

  private order(epoch: number, seed: number): Uint32Array {
    if (this.cached?.epoch !== epoch || this.cached.seed !== seed) {
      this.cached = { epoch, seed, order: epochOrder(this.train, this.dataset.shards, seed, epoch) };
    }
    return this.cached.order;
  }

  /** Waits until these training images have arrived. @returns how many of the file's first images that takes */
  async ready(indices: Uint32Array): Promise<number> {
    let highest = 0;
    for (const index of indices) highest = Math.max(highest, index);
    await this.dataset.ready(highest + 1);
    return highest + 1;
  }

  fill(indices: Uint32Array, images: Float32Array, labels: Int32Array): void {
    gatherBatch(this.dataset.train, indices, 0, this.affine, images, labels);
  }
}
