/** The longest task of a page's main thread, from the browser's own trace. */

const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];

/**
 * @param act what is done to the page meanwhile
 * @returns milliseconds of processor time that the longest task took: what other programs take from a shared processor is left out
 */
export async function longestTask(browser, page, act) {
  await browser.startTracing(page, CATEGORIES);
  let trace;
  try {
    await act();
  } finally {
    trace = JSON.parse((await browser.stopTracing()).toString('utf8'));
  }
  const threadOf = ({ pid, tid }) => `${pid} ${tid}`;
  const events = trace.traceEvents;
  const main = new Set(events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf));
  const tasks = events.filter((event) => /RunTask$/.test(event.name) && event.tdur !== undefined && main.has(threadOf(event)));
  if (tasks.length === 0) throw new Error('The trace holds no task of the main thread.');
  return tasks.reduce((most, { tdur }) => Math.max(most, tdur), 0) / 1000;
}
