import { create } from 'zustand';
import { columns, usualColumns } from './columns';
import type { Order } from './listed-runs';

/** How a person wants the table; remembered in this browser. */
interface TableChoice {
  /** Ids of columns. */
  readonly columns: readonly string[];
  readonly order: Order;
  readonly bySeed: boolean;
}

const KEY = 'fewbits.runs-table';
const usual: TableChoice = { columns: usualColumns, order: { by: 'saved', descending: true }, bySeed: false };

export const useTableChoice = create<TableChoice>()(() => remembered());

export function chooseTable(change: Partial<TableChoice>): void {
  useTableChoice.setState(change);
  try {
    globalThis.localStorage?.setItem(KEY, JSON.stringify(useTableChoice.getState()));
  } catch {
    // Nothing is lost but the memory of this choice.
  }
}

/** Sorts by a column; once more, and the order is turned round. */
export function sortBy(id: string): void {
  const { order } = useTableChoice.getState();
  const first = columns.find((column) => column.id === id)?.descending === true;
  chooseTable({ order: { by: id, descending: order.by === id ? !order.descending : first } });
}

function remembered(): TableChoice {
  try {
    const held = JSON.parse(globalThis.localStorage?.getItem(KEY) ?? '{}') as Partial<TableChoice>;
    const known = Array.isArray(held.columns) ? columns.filter(({ id }) => held.columns?.includes(id)).map(({ id }) => id) : usual.columns;
    const by = held.order?.by ?? '';
    const order = by === 'name' || columns.some(({ id }) => id === by) ? { by, descending: held.order?.descending === true } : usual.order;
    return { columns: known, order, bySeed: held.bySeed === true };
  } catch {
    return usual;
  }
}
