import { type PointerEvent, type ReactNode, useMemo } from 'react';
import { count, fixed, percent } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { useSize } from '../shared/use-size';
import { useStepper } from '../shared/use-stepper';
import styles from './huffman-codes.module.css';
import { codeReadout, codeRows, codeSentence, codeText, type TreeNode, treeNodes } from './huffman-layout';

interface Props {
  /** The numbers that are coded, as they are stored. */
  readonly list: Int32Array;
  /** "code", "distance". */
  readonly noun: string;
  /** Bits of each without a Huffman code. */
  readonly bits: number;
  readonly tools?: ReactNode;
}

const BARS = 120;
const LABELS = 18;
const LEVEL = 22;
/** More leaves than that are not drawn as a tree. */
const MOST_LEAVES = 64;
const LEAF = 5;

/** How long the code of each number is, beside the ideal length, and the tree that the codes come from. */
export function HuffmanCodes({ list, noun, bits, tools }: Props) {
  const rows = useMemo(() => codeRows(list), [list]);
  const stepper = useStepper(rows.length);
  const held = stepper.index === null ? null : (rows[stepper.index] ?? null);
  const readout = held ? codeReadout(held, noun) : null;
  const [ref, { width }] = useSize();
  const nodes = useMemo(() => (rows.length <= MOST_LEAVES ? treeNodes(rows) : []), [rows]);
  const longest = Math.max(1, ...rows.map(({ word }) => word.length));
  const scale = BARS / Math.max(longest, bits, ...rows.map(({ ideal }) => ideal));
  const column = width / Math.max(1, rows.length);
  const treeTop = BARS + LABELS + 16;
  const height = nodes.length > 0 ? treeTop + longest * LEVEL + 2 * LEAF : BARS + LABELS;
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    if (event.clientY - box.top > BARS + LABELS) return;
    stepper.set(Math.min(rows.length - 1, Math.max(0, Math.floor((event.clientX - box.left) / column))));
  };
  const summary = codeSentence(rows, bits);
  return (
    <ChartFrame
      height="content"
      title={`Huffman code of the ${noun}s`}
      subtitle="bits per number; the line is the ideal length"
      summary={summary}
      readout={readout}
      tools={tools}
      table={() => ({
        head: [noun, 'times', 'share', 'Huffman code', 'bits', 'ideal bits'],
        rows: rows.map(({ code, count: n, share, word, ideal }) => [
          codeText(code),
          count(n),
          percent(share),
          word,
          String(word.length),
          fixed(ideal, 2),
        ]),
      })}
      empty={
        rows.length === 0
          ? { text: `There are no ${noun}s: this layer is stored as floats, or nothing of it is kept.`, ghost: GHOST }
          : undefined
      }
    >
      <div
        ref={ref}
        className={styles.picture}
        {...stepper.props('Numbers with their codes; arrow keys step through them', readout ?? summary)}
        onPointerMove={onPointerMove}
      >
        {width > 0 && (
          <svg aria-hidden="true" className={styles.svg} width={width} height={height}>
            <line className={styles.fixed} x1={0} x2={width} y1={BARS - bits * scale} y2={BARS - bits * scale} />
            {rows.map(({ code, word, ideal }, i) => (
              <g key={code} className={stepper.index === null || stepper.index === i ? '' : styles.dimmed}>
                <rect
                  className={styles.bar}
                  x={i * column + 0.5}
                  y={BARS - word.length * scale}
                  width={Math.max(0.75, column - (column > 3 ? 1.5 : 0))}
                  height={word.length * scale}
                />
                <line className={styles.ideal} x1={i * column} x2={(i + 1) * column} y1={BARS - ideal * scale} y2={BARS - ideal * scale} />
                {labelled(i, column) ? (
                  <text className={styles.label} x={(i + 0.5) * column} y={BARS + 14}>
                    {codeText(code)}
                  </text>
                ) : null}
              </g>
            ))}
            <g transform={`translate(0 ${treeTop})`}>
              <Tree nodes={nodes} column={column} held={held?.word ?? null} />
            </g>
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}

const GHOST = 'M4 56V34H16V56M24 56V20H36V56M44 56V8H56V56M64 56V26H76V56M84 56V40H96V56';

/** As many labels as have room. */
function labelled(i: number, column: number): boolean {
  const every = Math.ceil(34 / Math.max(1, column));
  return i % every === 0;
}

/** The way to the number that is held is drawn strong. */
function Tree({ nodes, column, held }: { readonly nodes: readonly TreeNode[]; readonly column: number; readonly held: string | null }) {
  const byWord = new Map(nodes.map((node) => [node.word, node]));
  const place = ({ x, depth }: TreeNode) => [(x + 0.5) * column, depth * LEVEL + LEAF] as const;
  return nodes.map((node) => {
    const [x, y] = place(node);
    const above = node.word === '' ? undefined : byWord.get(node.word.slice(0, -1));
    const on = held?.startsWith(node.word);
    const [fromX, fromY] = above ? place(above) : [x, y];
    return (
      <g key={node.word || 'root'} className={on ? styles.on : undefined}>
        {above ? <line className={styles.edge} x1={fromX} y1={fromY} x2={x} y2={y} /> : null}
        {above && column > 14 ? (
          <text className={styles.bit} x={(fromX + x) / 2 + (x < fromX ? -5 : 5)} y={(fromY + y) / 2}>
            {node.word.at(-1)}
          </text>
        ) : null}
        {node.row ? <circle className={styles.leaf} cx={x} cy={y} r={Math.min(LEAF, Math.max(2, column / 3))} /> : null}
        {node.row && column > 22 ? (
          <text className={styles.label} x={x} y={y + 16}>
            {codeText(node.row.code)}
          </text>
        ) : null}
      </g>
    );
  });
}
