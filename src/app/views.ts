import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { ViewKey } from '../state/ui/views';

/** What stands in place of the lab. */
export interface View {
  /** What it is called where it fails: "The sweeps could not be shown". */
  readonly part: string;
  /** The id of its main element, to which "Skip to the results" leads. */
  readonly main: string;
  readonly Component: LazyExoticComponent<ComponentType<{ readonly onClose: () => void }>>;
  /** Its entry in the menu of labs; absent where it has a button of its own. */
  readonly menu?: { readonly label: string; readonly description: string };
}

/** Every view. Its main element is made with ui/place.tsx. */
export const views: Readonly<Record<ViewKey, View>> = {
  sweep: { part: 'sweeps', main: 'sweeps', Component: lazy(async () => ({ default: (await import('./kept-sweeps')).KeptSweeps })) },
  file: {
    part: 'model file',
    main: 'model-file',
    Component: lazy(async () => ({ default: (await import('../panels/model-file/model-file-place')).ModelFilePlace })),
    menu: {
      label: 'Model file',
      description: 'The same model in every storage, with its Huffman codes and its relative index. Opens and measures .fewbits files.',
    },
  },
  tickets: {
    part: 'lottery tickets',
    main: 'tickets',
    Component: lazy(async () => ({ default: (await import('../panels/tickets/tickets-place')).TicketsPlace })),
    menu: {
      label: 'Lottery tickets',
      description: 'Rounds of train, prune, rewind: sparse networks compared with the dense network and with controls.',
    },
  },
  pipeline: {
    part: 'pipeline',
    main: 'pipeline',
    Component: lazy(async () => ({ default: (await import('../panels/pipeline/pipeline-place')).PipelinePlace })),
    menu: {
      label: 'Compression, step by step',
      description: 'The model file after each stage of a program: Deep Compression, or your own.',
    },
  },
};
