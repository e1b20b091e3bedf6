import type { RunEvent } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import type { Objective } from '../training/objective';
import type { SketchContext, StageContext, StageResult } from '../training/stage-context';

/** What a kind of stage does. A new kind is one file and one line in the registry. */
export interface StageImplementation {
  /** What a stage that trains lowers, and over which variables. */
  objective?(stage: Stage, context: SketchContext): Objective;
  run(stage: Stage, context: StageContext): AsyncGenerator<RunEvent, StageResult>;
  /** Gives the network the layers and parametrizations that the stage will leave, with any values; absent where it leaves both as they are. */
  sketch?(stage: Stage, context: SketchContext): Promise<void>;
}
