import { nextTask } from '../shared/timing';
import { loadTracePlot } from './live-trace';
import { loadStagePlot } from './stage-accuracy';

/**
 * Fetches and evaluates the plots' drawing libraries one after the other, each in a task of its own: when the first numbers come, only
 * the drawing is left, and no task of the page is long. A chunk that cannot be loaded is requested again where it is needed, and the
 * failure is reported there.
 */
export async function preloadPlots(): Promise<void> {
  await loadTracePlot().catch(() => {});
  await nextTask();
  await loadStagePlot().catch(() => {});
}
