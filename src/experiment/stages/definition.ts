import type { Setting } from '../settings/setting';
import type { Stage } from '../types/experiment';

/** Where a stage sets the weights back to, and what it does with the masks. */
export interface Restart {
  /** New initial values; otherwise those of an earlier step. */
  readonly redrawn: boolean;
  readonly masks: 'keep' | 'shuffled' | 'random';
  /** Number of the random draw. */
  readonly draw: number;
}

/** What the interface, the URL, validation and the run know about a kind of stage. A new kind is one such table and one registry line. */
export interface StageDefinition {
  /** Also the stage's key in the URL. */
  readonly kind: string;
  readonly label: string;
  readonly help: string;
  readonly settings: readonly Setting[];
  /** The folded card: "quantize weights to 4 bits, per layer, STE". */
  readonly sentence: (stage: Stage) => string;
  /** It trains: this many steps, with losses and a batch order of its own. */
  readonly steps?: (stage: Stage) => number;
  /** What is stored after it takes fewer bits, or could: pictures of stored weights begin here. */
  readonly compresses?: true;
  /** It may leave layers with fewer units than the model gives them. */
  readonly narrows?: true;
  /** It removes weights by rank: its table has a `criterion`, an `amount` in percent, a `scope` and a `share`. */
  readonly prunes?: true;
  /** It quantizes weights: the id of the method. */
  readonly weightMethod?: (stage: Stage) => string;
  /** It chooses how the file stores what is there. */
  readonly stores?: true;
  /** It sets the weights back: what the training after it starts from. */
  readonly restart?: (stage: Stage) => Restart;
  /** It needs the weights as they were after this many training steps of the run, which marks them. */
  readonly mark?: (stage: Stage) => number;
  /** It is no step of a run: the stages after it, `of` of them, run `rounds` times. */
  readonly repeats?: (stage: Stage) => { readonly rounds: number; readonly of: number };
}
