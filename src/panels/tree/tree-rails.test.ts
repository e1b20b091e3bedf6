import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultExperiment } from '../../experiment/program/defaults';
import type { RunTree, TreeNode } from '../../experiment/results/run-tree';
import { type Rails, treeRails } from './tree-words';

let keys = 0;
const node = (...children: TreeNode[]): TreeNode => ({
  key: String(keys++),
  experiment: defaultExperiment(),
  stage: defaultExperiment().stages[0]!,
  index: 0,
  rounds: [],
  skipped: 0,
  results: [],
  ends: [],
  children,
});
const tree = (...children: TreeNode[]): RunTree => ({ key: '', root: defaultExperiment(), children, ends: [], weights: null, runs: 0 });
const rows = (nodes: readonly TreeNode[]): readonly TreeNode[] => nodes.flatMap((one) => [one, ...rows(one.children)]);

const SIGNS = { blank: ' ', line: '│', fork: '├', last: '└' } as const;

/** The tree as text: a row for each stage, ● with a line from above, ○ without. */
function drawn(one: RunTree): readonly string[] {
  const rails = treeRails(one);
  return rows(one.children).map(({ key }) => {
    const { before, up, down } = rails.get(key)!;
    return `${before.map((rail) => SIGNS[rail]).join('')}${up ? '●' : '○'}${down ? '.' : ''}`;
  });
}

test('a chain stays in its column, branches go one to the right', () => {
  expect(drawn(tree(node(node())))).toEqual(['●.', '●']);
  expect(drawn(tree(node(node(node()), node())))).toEqual(['●.', '├○.', '│●', '└○']);
  expect(drawn(tree(node(node(), node(node(), node())), node()))).toEqual(['├○.', '│├○', '│└○.', '│ ├○', '│ └○', '└○']);
});

/** The columns in which a line leaves a row below, or comes into it from above. */
const below = ({ before, down }: Rails) =>
  [...before, down ? 'line' : 'blank'].flatMap((rail, i) => (rail === 'line' || rail === 'fork' ? [i] : []));
const above = ({ before, up }: Rails) => [...before, up ? 'line' : 'blank'].flatMap((rail, i) => (rail === 'blank' ? [] : [i]));

test('what leaves a row below comes into the next one from above, and nothing else', () => {
  const { node: arbitrary } = fc.letrec<{ node: TreeNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.constant(null).map(() => node()),
      fc.array(tie('node'), { maxLength: 3 }).map((children) => node(...children)),
    ),
  }));
  fc.assert(
    fc.property(fc.array(arbitrary, { maxLength: 3 }), (children) => {
      const rails = treeRails(tree(...children));
      const all = rows(children).map(({ key }) => rails.get(key)!);
      expect(rails.size).toBe(all.length);
      for (const [i, row] of all.entries()) expect(above(row)).toEqual(i === 0 ? [0] : below(all[i - 1]!));
      expect(all.length === 0 ? [] : below(all.at(-1)!)).toEqual([]);
    }),
  );
});
