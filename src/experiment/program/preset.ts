import type { Experiment } from '../types/experiment';

/** Ready-made experiments, opened by id from the page, a link or the command line. */
export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly experiment: Experiment;
}
