import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useShallow } from 'zustand/react/shallow';
import { type CellChoice, ConfusionMatrix } from '../../charts/errors/confusion-matrix';
import { type WrongImage, WrongImages } from '../../charts/errors/wrong-images';
import { WeightTiles } from '../../charts/weights/weight-tiles';
import { stepTitle, unroll } from '../../experiment/program/unroll';
import { inTitle } from '../../experiment/settings/wording';
import { stageDefinition } from '../../experiment/stages/registry';
import type { TestReport, WeightTiles as Tiles } from '../../experiment/types/events';
import { useShownStages, useStandingRun } from '../../state/recorded/recorded-run';
import { useRun } from '../../state/run/run-store';
import { openTab, takeToDraw, useLookInside } from '../../state/ui/look-inside';
import styles from './inspect.module.css';
import { Numbers, type NumbersProps } from './numbers';

const noImage = { width: 1, height: 1, channels: 1 };

/** The right column for the run on the screen. */
export function InspectPanel({ draw }: Pick<InspectViewProps, 'draw'>) {
  const stages = useShownStages();
  const { backend, dataset } = useRun(useShallow((s) => ({ backend: s.backend, dataset: s.dataset })));
  const { summaries, test, inspection, ledger, record } = useStandingRun((run) => run);
  return (
    <InspectView
      draw={draw}
      // Of a recorded stage the images are not known.
      test={dataset && test?.predicted.length ? test : null}
      tiles={inspection?.tiles ?? null}
      image={dataset ? { width: dataset.width, height: dataset.height, channels: dataset.channels } : noImage}
      classes={dataset?.classes ?? []}
      summaries={Object.values(summaries)}
      stages={unroll(stages).map(({ stage }, number) => stepTitle(stages, number, inTitle(stageDefinition(stage.kind).sentence(stage))))}
      weights={ledger?.weights ?? 0}
      digest={record?.digest ?? null}
      backend={backend}
    />
  );
}

const QuantizerPanel = lazy(async () => ({ default: (await import('./quantizer-panel')).QuantizerPanel }));
const SparsityPanel = lazy(async () => ({ default: (await import('./sparsity-panel')).SparsityPanel }));
const MeasurePanel = lazy(async () => ({ default: (await import('./measure-panel')).MeasurePanel }));
const ProfilePanel = lazy(async () => ({ default: (await import('./profile-panel')).ProfilePanel }));

export interface InspectViewProps extends NumbersProps {
  /** What *Draw* shows: a panel of its own. */
  readonly draw: ReactNode;
  readonly test: TestReport | null;
  readonly tiles: Tiles | null;
  readonly image: { readonly width: number; readonly height: number; readonly channels: number };
  readonly classes: readonly string[];
}

const tabs = [
  ['errors', 'Errors'],
  ['draw', 'Draw'],
  ['weights', 'Weights'],
  ['quantizer', 'Quantizer'],
  ['sparsity', 'Sparsity'],
  ['numbers', 'Numbers'],
  ['measure', 'Measure'],
  ['profile', 'Profile'],
] as const;

/** Look inside: which images are wrong, what the first layer sees, the quantizer taken apart, the figures of the run, what a step costs. */
export function InspectView(props: InspectViewProps) {
  const tab = useLookInside((s) => s.tab);
  const list = useRef<HTMLDivElement>(null);
  return (
    <section className={styles.panel} aria-label="Look inside">
      <Tabs className={styles.tabs} selectedKey={tab} onSelectionChange={(key) => openTab(String(key))}>
        <TabList ref={list} className={styles.list} aria-label="Look inside">
          {tabs.map(([id, label]) => (
            <Tab key={id} id={id} className={styles.tab}>
              {label}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="errors" className={styles.content}>
          <Errors
            {...props}
            onTake={(image) => {
              takeToDraw(image);
              // What was pressed is gone. The tab is where the eye should be, and takes the focus with it.
              list.current?.querySelector<HTMLElement>('[data-key="draw"]')?.focus();
            }}
          />
        </TabPanel>
        <TabPanel id="draw" className={styles.content}>
          <Suspense>{props.draw}</Suspense>
        </TabPanel>
        <TabPanel id="weights" className={styles.content}>
          <div className={styles.natural}>
            <WeightTiles tiles={props.tiles} />
          </div>
        </TabPanel>
        <TabPanel id="quantizer" className={styles.content}>
          <Suspense>
            <QuantizerPanel />
          </Suspense>
        </TabPanel>
        <TabPanel id="sparsity" className={styles.content}>
          <Suspense>
            <SparsityPanel />
          </Suspense>
        </TabPanel>
        <TabPanel id="numbers" className={styles.content}>
          <Numbers
            summaries={props.summaries}
            stages={props.stages}
            weights={props.weights}
            digest={props.digest}
            backend={props.backend}
          />
        </TabPanel>
        <TabPanel id="measure" className={styles.content}>
          <Suspense>
            <MeasurePanel summaries={props.summaries} />
          </Suspense>
        </TabPanel>
        <TabPanel id="profile" className={styles.content}>
          <Suspense>
            <ProfilePanel />
          </Suspense>
        </TabPanel>
      </Tabs>
    </section>
  );
}

function Errors({ test, image, classes, onTake }: InspectViewProps & { readonly onTake: (image: WrongImage) => void }) {
  const [chosen, setChosen] = useState<CellChoice | null>(null);
  const filter = chosen && chosen[0] < classes.length && chosen[1] < classes.length ? chosen : null;
  return (
    <>
      <div className={styles.natural}>
        <ConfusionMatrix confusion={test && { counts: test.confusion, classes }} selected={filter} onSelect={setChosen} />
      </div>
      <div className={styles.natural}>
        <WrongImages
          images={test?.wrong ?? null}
          {...image}
          classes={classes}
          wrongCount={test ? Math.round(test.count * (1 - test.accuracy)) : 0}
          filter={filter}
          onTake={onTake}
        />
      </div>
    </>
  );
}
