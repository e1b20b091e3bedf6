import type { Parameter } from '../parameter';
import type { Stage, StageKind } from '../types';

/** What the interface, the URL and validation know about a kind of stage. */
export interface StageDefinition {
  /** Also the stage's key in the URL. */
  readonly kind: StageKind;
  readonly label: string;
  readonly help: string;
  readonly parameters: readonly Parameter[];
  /** The folded card: "quantize weights to 4 bits, per tensor, straight-through". */
  readonly sentence: (stage: Stage) => string;
}
