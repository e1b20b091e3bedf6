import { type Front, frontText } from '../../experiment/sweep/front-text';
import { axesLink, shortAxisText } from '../../experiment/sweep/link';
import type { Sweep } from '../../experiment/sweep/sweep';
import { toFragment } from '../../experiment/url';

/** The fragment of a link that asks for a front to be beaten: experiment, axes, front. @throws SweepError for a front without a point */
export function frontFragment({ experiment, axes }: Pick<Sweep, 'experiment' | 'axes'>, front: Front): string {
  const own = new URLSearchParams({ sweep: axesLink(axes.map(shortAxisText)), front: frontText(front) });
  return `${toFragment(experiment)}&${readable(own.toString())}`;
}

/** Colons and commas need no escape in a fragment, and a person may want to read it. Semicolons stay: mail programs end links at them. */
function readable(text: string): string {
  return text.replaceAll('%3A', ':').replaceAll('%2C', ',');
}
