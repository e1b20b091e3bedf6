import { ChevronRight, CornerDownRight, RotateCcw, Zap } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import { describeSetting } from '../../experiment/program/describe';
import type { KeptRun } from '../../experiment/results/kept-run';
import type { RunTree, TreeNode } from '../../experiment/results/run-tree';
import type { Experiment } from '../../experiment/types/experiment';
import { plural } from '../../numerics/measures/number-words';
import { Button } from '../../ui/button';
import styles from './tree.module.css';
import { pathsOf, type Rail, type Readiness, readiness, resultWords, stageWords, treeRails } from './tree-words';

const ICONS = { held: Zap, trains: RotateCcw, new: CornerDownRight } satisfies Record<Readiness, unknown>;
const ROOT = 'root';

export interface StageTreeProps {
  readonly tree: RunTree;
  /** Keys of the stages after which the engine holds a checkpoint. */
  readonly held: ReadonlySet<string>;
  /** Keys of the stages of the program on the screen, the last one last. */
  readonly current: readonly string[];
  /** The program shall be this one. */
  readonly onBranch: (experiment: Experiment) => void;
  readonly onOpen: (run: KeptRun) => void;
}

/** Programs that begin alike, as a tree of their stages. */
export function StageTree(props: StageTreeProps) {
  const { tree, onBranch } = props;
  const paths = pathsOf(tree);
  // Everything is open until it is folded, including later parts.
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const keys = [ROOT, ...paths.keys()];
  const title = `${describeSetting(tree.root)}, seed ${tree.root.seed}`;
  return (
    <Tree
      className={styles.tree ?? ''}
      aria-label={`Tree of ${title}`}
      expandedKeys={keys.filter((key) => !folded.has(key))}
      onExpandedChange={(open) => setFolded(new Set(keys.filter((key) => !open.has(key))))}
    >
      <TreeItem id={ROOT} textValue={title} className={styles.item ?? ''}>
        <TreeItemContent>
          {({ isExpanded }) => (
            <div className={styles.row}>
              <Lines before={[]} up={false} down={isExpanded && tree.children.length > 0} dot="root" />
              <div className={styles.what}>
                <p className={styles.title}>
                  <strong>{describeSetting(tree.root)}</strong> <span>seed {tree.root.seed}</span>
                </p>
              </div>
              <div className={styles.actions}>
                <Button small label={`Branch from here, before the first stage of ${title}`} onPress={() => onBranch(tree.root)}>
                  Branch from here
                </Button>
              </div>
            </div>
          )}
        </TreeItemContent>
        {items(tree.children, { ...props, paths, rails: treeRails(tree) })}
      </TreeItem>
    </Tree>
  );
}

interface Drawn extends StageTreeProps {
  readonly paths: ReadonlyMap<string, readonly TreeNode[]>;
  readonly rails: ReturnType<typeof treeRails>;
}

function items(nodes: readonly TreeNode[], drawn: Drawn) {
  return nodes.map((node) => (
    <TreeItem key={node.key} id={node.key} textValue={spoken(node, drawn)} className={styles.item ?? ''}>
      <TreeItemContent>{({ isExpanded }) => <Row node={node} drawn={drawn} open={isExpanded} />}</TreeItemContent>
      {items(node.children, drawn)}
    </TreeItem>
  ));
}

function Row({ node, drawn, open }: { readonly node: TreeNode; readonly drawn: Drawn; readonly open: boolean }) {
  const { tree, held, current, rails, paths, onBranch, onOpen } = drawn;
  const { key, stage, index, rounds, ends, children, skipped } = node;
  const lines = rails.get(key);
  const { kind, words } = readiness(paths.get(key) ?? [], held);
  const Icon = ICONS[kind];
  const onScreen = current.at(-1) === key;
  const { label, rest } = stageWords(stage, rounds);
  const named = `stage ${index + 1}, ${label}: ${rest}`;
  const run = children.length === 0 ? ends.at(-1) : undefined;
  const names = [...new Set(ends.map(({ name }) => name).filter(Boolean))];
  return (
    <div className={styles.row} data-current={current.includes(key) || undefined}>
      <Lines
        before={lines?.before ?? []}
        up={lines?.up ?? false}
        down={open && (lines?.down ?? false)}
        dot={current.includes(key) ? 'current' : 'other'}
      />
      <div className={styles.what}>
        <p className={styles.title}>
          {children.length > 1 ? (
            <AriaButton slot="chevron" className={styles.fold ?? ''} aria-label={`Branches of stage ${index + 1}`}>
              <ChevronRight size={13} aria-hidden />
            </AriaButton>
          ) : null}
          <strong>
            {index + 1} {label}
          </strong>{' '}
          <span>{rest}</span>
          {skipped > 0 ? <span className={styles.faint}>after {plural(skipped, 'stage')} switched off</span> : null}
          {names.map((name) => (
            <span key={name} className={styles.badge}>
              {name}
            </span>
          ))}
          {onScreen ? <span className={`${styles.badge} ${styles.here}`}>on the screen</span> : null}
        </p>
        <p className={styles.figures}>
          {resultWords(node.results, tree.weights).map((text) => (
            <span key={text}>{text}</span>
          ))}
          <span className={styles.ready} data-kind={kind}>
            <Icon size={12} aria-hidden />
            {words}
          </span>
        </p>
      </div>
      <div className={styles.actions}>
        {onScreen ? null : run ? (
          <Button small label={`Open this run, ${named}`} onPress={() => onOpen(run)}>
            Open this run
          </Button>
        ) : (
          <Button small label={`Branch from here, ${named}`} onPress={() => onBranch(node.experiment)}>
            Branch from here
          </Button>
        )}
      </div>
    </div>
  );
}

interface LinesProps {
  readonly before: readonly Rail[];
  readonly up: boolean;
  readonly down: boolean;
  readonly dot: 'root' | 'current' | 'other';
}

/** The lines that join a stage with the one before it and those after it. */
function Lines({ before, up, down, dot }: LinesProps) {
  return (
    <div className={styles.lines} aria-hidden="true">
      {before.map((rail, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
        <span key={column} className={styles.rail} data-rail={rail} />
      ))}
      <span className={styles.rail} data-up={up || undefined} data-down={down || undefined}>
        <i className={styles.dot} data-dot={dot} />
      </span>
    </div>
  );
}

/** The row in one sentence. */
function spoken(node: TreeNode, { tree, held, current, paths }: Drawn): string {
  const { stage, index, rounds, key, results } = node;
  const place = current.at(-1) === key ? ', on the screen' : current.includes(key) ? ', in the program on the screen' : '';
  const measured = resultWords(results, tree.weights).join('; ');
  const { words } = readiness(paths.get(key) ?? [], held);
  const { label, rest } = stageWords(stage, rounds);
  return `Stage ${index + 1}, ${label}: ${rest}${place}. ${measured ? `${measured}. ` : ''}${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
