import { useMemo } from 'react';
import { costNames, costText } from '../../charts/pareto/pareto-axes';
import { toFragment } from '../../experiment/link/url';
import { SweepError } from '../../experiment/sweep/axis';
import { type Front, frontText, parseFront } from '../../experiment/sweep/front-text';
import { axesLink, shortAxisText } from '../../experiment/sweep/link';
import type { Sweep } from '../../experiment/sweep/sweep';
import type { Experiment } from '../../experiment/types/experiment';
import { percent, plural } from '../../numerics/measures/number-words';
import { setInterface, useExperiment } from '../../state/experiment/experiment-store';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';

/** That the link carries a front to beat, or why it cannot be read. */
export function FrontNotice() {
  const { front, problem } = useFront();
  if (!front && problem === '') return null;
  return (
    <Notice
      tone={front ? 'info' : 'warning'}
      actions={
        <Button small onPress={() => setInterface('front', null)}>
          {front ? 'Remove the front' : 'Remove it from the link'}
        </Button>
      }
    >
      {front ? (
        <>
          <p>This link contains a front to beat: {frontWords(front)}.</p>
          <p>The picture over {costNames[front.x]} shows it dashed. Runs beyond it beat it; the caption says how many, and by how much.</p>
        </>
      ) : (
        <p>The front in this link cannot be read. {problem}</p>
      )}
    </Notice>
  );
}

function frontWords({ x, points }: Front): string {
  const end = (point: Front['points'][number] | undefined) => (point ? `${percent(point.accuracy, 2)} at ${costText(x, point.x)}` : '');
  const [first, last] = [points[0], points.at(-1)];
  return points.length === 1 ? end(first) : `${plural(points.length, 'point')}, from ${end(first)} to ${end(last)}`;
}

/** The fragment of a link that asks for a front to be beaten: experiment, axes, front. @throws SweepError for a front without a point */
export function frontFragment({ experiment, axes }: Pick<Sweep, 'experiment' | 'axes'>, front: Front): string {
  const own = new URLSearchParams({ sweep: axesLink(axes.map(shortAxisText)), front: frontText(front) });
  return `${toFragment(experiment)}&${readable(own.toString())}`;
}

/** Colons and commas need no escape in a fragment, and a person may want to read it. Semicolons stay: mail programs end links at them. */
function readable(text: string): string {
  return text.replaceAll('%3A', ':').replaceAll('%2C', ',');
}

/** The front to beat that the address carries, or a sentence that says why it cannot be read; null and '' without one. */
export function useFront(): { readonly front: Front | null; readonly problem: string } {
  const text = useExperiment((s) => s.rest.front);
  return useMemo(() => readFront(text), [text]);
}

function readFront(text: string | undefined): ReturnType<typeof useFront> {
  if (text === undefined) return { front: null, problem: '' };
  try {
    return { front: parseFront(text), problem: '' };
  } catch (error) {
    if (!(error instanceof SweepError)) throw error;
    return { front: null, problem: error.message };
  }
}

/** Accuracies of one are comparable with those of the other. */
export function sameImages(a: Experiment, b: Experiment): boolean {
  return a.data.dataset === b.data.dataset && a.data.checksum === b.data.checksum;
}
