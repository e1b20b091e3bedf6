import { costNames, costText } from '../../charts/pareto-axes';
import type { Front } from '../../experiment/sweep/front-text';
import { percent, plural } from '../../numerics/format';
import { setInterface } from '../../state/experiment-store';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { useFront } from './use-front';

/** That the link carries a front to beat, or why it cannot be read. */
export function FrontNotice() {
  const { front, problem } = useFront();
  if (!front && problem === '') return null;
  return (
    <Notice
      tone={front ? 'info' : 'warning'}
      actions={
        <Button small onPress={() => setInterface('front', null)}>
          {front ? 'Forget the front' : 'Take it out of the link'}
        </Button>
      }
    >
      {front ? (
        <>
          <p>This link carries a front to beat: {frontWords(front)}.</p>
          <p>
            It is drawn dashed in the picture over {costNames[front.x]}. Runs beyond it beat it; the picture’s caption says how many, and by
            how much.
          </p>
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
