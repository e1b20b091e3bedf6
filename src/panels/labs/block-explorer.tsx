import { type BlockFormatId, blockFormats } from '../../numerics/block-formats';
import { Formula } from '../../ui/formula';
import { workedBlock } from './block-example';
import { BlockLine } from './block-line';
import { BlockTable } from './block-table';
import { bitsSentence, blockSummary, elementsSentence, errorSentence, scaleFormula, scaleSentence } from './block-words';
import styles from './labs.module.css';
import type { LineScale } from './line-place';

export interface BlockExplorerProps {
  readonly id: BlockFormatId;
  readonly scale: LineScale;
  readonly values: readonly number[];
  readonly onValues: (values: readonly number[]) => void;
}

/** A block of a format with shared scales: the scale, the elements, what is stored. */
export function BlockExplorer({ id, scale, values, onValues }: BlockExplorerProps) {
  const format = blockFormats[id];
  const block = workedBlock(values, id);
  return (
    <>
      <BlockLine label={blockSummary(format, block)} block={block} scale={scale} />
      <ul className={styles.legend}>
        <li data-kind="latent">number</li>
        <li data-kind="nearest">stored</li>
      </ul>
      <p className={styles.note}>{elementsSentence(format, block)}</p>
      <div className={styles.reading} aria-live="polite">
        <Formula tex={scaleFormula(format, block)} />
        <p className={styles.note}>{scaleSentence(format, block)}</p>
        <p className={styles.note}>{errorSentence(block)}</p>
      </div>
      <BlockTable block={block} values={values} onChange={onValues} />
      <p className={styles.note}>{bitsSentence(format, block)}</p>
    </>
  );
}
