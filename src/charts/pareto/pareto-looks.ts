import type { MarkStyle } from './pareto-marks';
import type { ParetoItem } from './pareto-points';
import { ghostShape, groupColors, groupOrder, groupShapes, PLAIN_COLOR, type Shape } from './pareto-style';

/** A group as the legend shows it. */
export interface GroupMark {
  readonly group: string;
  readonly color: string;
  readonly shape: Shape;
}

/** All values of the axes that colour and shape show, whether a run has them yet or not; by default those of the items. */
export interface GroupLists {
  readonly a?: readonly string[] | undefined;
  readonly b?: readonly string[] | undefined;
}

export interface Looks {
  readonly groupsA: readonly GroupMark[];
  readonly groupsB: readonly GroupMark[];
  readonly style: MarkStyle;
  /** Of the results, ghosts left out. */
  readonly origins: readonly ParetoItem['origin'][];
  /** Names of the sweeps to compare with. */
  readonly ghosts: readonly string[];
}

/** How items look. What has no group for its shape has that of its colour, so that colour is never alone. */
export function looksOf(items: readonly ParetoItem[], lists: GroupLists): Looks {
  const [inA, inB] = [groupOrder(items.map(({ groupA }) => groupA)), groupOrder(items.map(({ groupB }) => groupB))];
  const [allA, allB] = [withOthers(lists.a, inA), withOthers(lists.b, inB)];
  const colors = groupColors(allA);
  const shapes = groupShapes(inB.length > 0 ? allB : allA);
  const ghosts = [...new Set(items.flatMap(({ origin, series }) => (origin === 'ghost' ? [series] : [])))];
  const colorOf = (group: string) => colors.get(group) ?? PLAIN_COLOR;
  const shapeOf = (group: string) => shapes.get(group) ?? 'circle';
  const style: MarkStyle = {
    color: ({ groupA }) => colorOf(groupA),
    shape: ({ groupA, groupB, origin, series }) =>
      origin === 'ghost' ? ghostShape(ghosts.indexOf(series)) : shapeOf(inB.length > 0 ? groupB : groupA),
  };
  const measured = items.filter(({ failed, origin }) => failed === '' && origin !== 'ghost');
  return {
    groupsA: inA.map((group) => ({ group, color: colorOf(group), shape: inB.length > 0 ? 'circle' : shapeOf(group) })),
    groupsB: inB.map((group) => ({ group, color: PLAIN_COLOR, shape: shapeOf(group) })),
    style,
    origins: [...new Set(measured.map(({ origin }) => origin))],
    ghosts,
  };
}

function withOthers(list: readonly string[] | undefined, seen: readonly string[]): readonly string[] {
  return list ? [...list, ...seen.filter((group) => !list.includes(group))] : seen;
}
