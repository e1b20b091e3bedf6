import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultExperiment } from '../../experiment/defaults';
import type { RunTree, TreeNode } from '../../experiment/results/run-tree';
import { treeRails } from './tree-rails';

let keys = 0;
const node = (...children: TreeNode[]): TreeNode => ({
  key: String(keys++),
  experiment: defaultExperiment(),
  stage: defaultExperiment().stages[0]!,
  index: 0,
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

test('a line in a column goes on until its last fork, and nowhere else', () => {
  const { node: arbitrary } = fc.letrec<{ node: TreeNode }>((tie) => ({
    node: fc.oneof({ maxDepth: 4 }, fc.constant(null).map(() => node()), fc.array(tie('node'), { maxLength: 3 }).map((children) => node(...children))),
  }));
  fc.assert(
    fc.property(fc.array(arbitrary, { maxLength: 3 }), (children) => {
      const text = drawn(tree(...children));
      expect(text).toHaveLength(rows(children).length);
      text.forEach((row, i) => {
        [...row].forEach((sign, column) => {
          const below = text[i + 1]?.[column];
          // What leads down is met below; what comes from above is led up to.
          if (sign === '│' || sign === '├') expect('│├└').toContain(below);
          if (sign === '.') expect(below === undefined).toBe(text[i + 1] === undefined);
          const above = i === 0 ? '.' : text[i - 1]?.[column];
          if (sign === '●') expect(i === 0 || above === '●' || above === '○').toBe(true);
        });
      });
    }),
  );
});
