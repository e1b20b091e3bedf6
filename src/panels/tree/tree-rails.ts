import type { RunTree, TreeNode } from '../../experiment/results/run-tree';

/** What is drawn in a column left of a stage: a line that passes, the fork to it with more below, or the last fork. */
export type Rail = 'blank' | 'line' | 'fork' | 'last';

export interface Rails {
  readonly before: readonly Rail[];
  /** A line from the stage above, in its own column. */
  readonly up: boolean;
  readonly down: boolean;
}

/** Lines of every stage by its key. A stage that stands alone behind another is in the same column; several are in the next. */
export function treeRails({ children }: RunTree): ReadonlyMap<string, Rails> {
  const rails = new Map<string, Rails>();
  const place = (nodes: readonly TreeNode[], columns: readonly Rail[]) => {
    const [only] = nodes;
    if (nodes.length === 1 && only) {
      rails.set(only.key, { before: columns, up: true, down: only.children.length > 0 });
      place(only.children, columns);
      return;
    }
    for (const [i, node] of nodes.entries()) {
      const last = i === nodes.length - 1;
      rails.set(node.key, { before: [...columns, last ? 'last' : 'fork'], up: false, down: node.children.length > 0 });
      place(node.children, [...columns, last ? 'blank' : 'line']);
    }
  };
  place(children, []);
  return rails;
}
