/** The drawing libraries of the plots, loaded apart from the first page. */

export const loadTracePlot = () => import('./trace/live-trace-plot');
export const loadStagePlot = () => import('./trace/stage-accuracy-plot');
export const loadParetoPlot = () => import('./pareto/pareto-plot');

/**
 * Fetches and evaluates them one after the other, each in a task of its own: when the first numbers come, only the drawing is left,
 * and no task of the page is long. A chunk that cannot be loaded is asked for again, and told of, where it is needed.
 */
export async function preloadPlots(): Promise<void> {
  await loadTracePlot().catch(() => {});
  await nextTask();
  await loadStagePlot().catch(() => {});
}

/** Lets the page do whatever waits. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
