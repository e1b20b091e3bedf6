import { type ReactNode, Suspense } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { Modal } from '../../ui/modal';
import { DescentLab } from './descent-lab';
import { FormatsLab } from './formats-lab';
import { Int8Lab } from './int8-lab';
import { type LabId, labs } from './lab-list';
import styles from './labs.module.css';
import { RoundingLab } from './rounding-lab';

export interface LabsDialogProps {
  readonly lab: LabId;
  readonly onLab: (lab: LabId) => void;
  readonly onClose: () => void;
}

const contents: Readonly<Record<LabId, () => ReactNode>> = {
  formats: FormatsLab,
  rounding: RoundingLab,
  descent: DescentLab,
  int8: Int8Lab,
};

/** Four labs that need no training: everything in them is computed at once. */
export function LabsDialog({ lab, onLab, onClose }: LabsDialogProps) {
  return (
    <Modal title="Labs" open wide onClose={onClose}>
      <Tabs className={styles.tabs} selectedKey={lab} onSelectionChange={(key) => onLab(key as LabId)}>
        <TabList className={styles.list} aria-label="Labs">
          {labs.map(({ id, short }) => (
            <Tab key={id} id={id} className={styles.tab}>
              {short}
            </Tab>
          ))}
        </TabList>
        {labs.map(({ id }) => {
          const Content = contents[id];
          return (
            <TabPanel key={id} id={id} className={styles.panel}>
              <Suspense>
                <Content />
              </Suspense>
            </TabPanel>
          );
        })}
      </Tabs>
    </Modal>
  );
}
