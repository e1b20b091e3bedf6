import { useEffect } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { describeSetting } from '../../experiment/program/describe';
import { setField } from '../../experiment/program/edit';
import { prefixKey } from '../../experiment/program/prefix';
import { pathKeys, type RunTree, runTrees } from '../../experiment/results/run-tree';
import type { Experiment } from '../../experiment/types/experiment';
import { plural } from '../../numerics/measures/number-words';
import { edit, useExperiment } from '../../state/experiment/experiment-store';
import { readKeptRuns, useRuns } from '../../state/kept/runs-store';
import { useAtHand } from '../../state/run/at-hand';
import { useRun } from '../../state/run/run-store';
import { useUi } from '../../state/ui/ui-store';
import { Button } from '../../ui/button';
import { Disclosure } from '../../ui/disclosure';
import { Modal } from '../../ui/modal';
import { Notice } from '../../ui/notice';
import { StageTree } from './stage-tree';
import styles from './tree.module.css';

/** Kept runs that begin alike as branches of a tree, with the program on the screen. */
export function TreeDialog({ onList, onClose }: { readonly onList: () => void; readonly onClose: () => void }) {
  const experiment = useExperiment((s) => s.experiment);
  const runs = useRuns((s) => s.runs);
  const trouble = useRuns((s) => s.trouble);
  const held = useAtHand((s) => s.keys);
  const { summaries, backend, weights } = useRun(
    useShallow((s) => ({ summaries: s.summaries, backend: s.backend?.name ?? null, weights: s.ledger?.weights ?? null })),
  );
  useEffect(() => {
    void readKeptRuns();
  }, []);
  const trees = runs === null ? [] : runTrees(runs, { experiment, summaries, backend, weights });
  const [own, ...others] = trees;
  const open = (next: Experiment) => {
    onClose();
    // The last card, or the first to come, is where the person continues.
    useUi.getState().selectStage(null);
    edit(next);
  };
  const branch = (from: Experiment) => {
    const same = prefixKey(from, 0) === prefixKey(experiment, 0);
    open(same ? setField(from, 'name', experiment.name) : from);
  };
  const drawn = (tree: RunTree) => (
    <StageTree tree={tree} held={held} current={pathKeys(experiment)} onBranch={branch} onOpen={({ record }) => open(record.experiment)} />
  );
  return (
    <Modal title="Tree of runs" open wide onClose={onClose}>
      <div className="button-row">
        <Button small onPress={onList}>
          All runs
        </Button>
      </div>
      <p className={styles.intro}>
        Runs with the same data, model and seed share their first stages, which are trained once. Branch from a stage to go back there and
        try something else; finished runs stay here.
      </p>
      {trouble ? (
        <Notice tone="warning">
          <p>{trouble}</p>
        </Notice>
      ) : null}
      {own ? drawn(own) : <p>Reading…</p>}
      {others.length > 0 ? (
        <section className={styles.others} aria-label="Other trees">
          <h3>Other data, models and seeds</h3>
          {others.map((tree) => (
            <Disclosure key={tree.key} title={`${describeSetting(tree.root)}, seed ${tree.root.seed} · ${plural(tree.runs, 'run')}`}>
              {drawn(tree)}
            </Disclosure>
          ))}
        </section>
      ) : null}
    </Modal>
  );
}
