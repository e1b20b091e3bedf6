import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fromFragment } from '../../experiment/link/url';
import { defaultExperiment } from '../../experiment/program/defaults';
import { addStage, setField, setStageValue } from '../../experiment/program/edit';
import {
  currentFragment,
  dismissUrlTrouble,
  edit,
  flush,
  goTo,
  readAddress,
  setAddress,
  sharedFragment,
  showDialog,
  useExperiment,
} from './experiment-store';

/** A browser's address with its history: back returns to the entry before. */
function fakeAddress(first = '') {
  const entries = [first];
  let at = 0;
  return {
    fragment: () => entries[at] ?? '',
    push: (fragment: string) => {
      entries.splice(at + 1);
      entries.push(fragment);
      at = entries.length - 1;
    },
    replace: (fragment: string) => {
      entries[at] = fragment;
    },
    go: (by: number) => {
      at += by;
      readAddress();
    },
    entries,
  };
}

const now = () => useExperiment.getState().experiment;
let address = fakeAddress();

beforeEach(() => {
  vi.useFakeTimers();
  address = fakeAddress();
  setAddress(address);
  useExperiment.setState({ experiment: defaultExperiment(), rest: {}, urlTrouble: null });
});
afterEach(() => vi.useRealTimers());

describe('edit', () => {
  test('a discrete edit is one step of Back, and Forward brings it again', () => {
    edit(addStage(now(), 'train'));
    expect(now().stages).toHaveLength(3);
    expect(fromFragment(address.fragment()).experiment).toEqual(now());
    address.go(-1);
    expect(now()).toEqual(defaultExperiment());
    address.go(1);
    expect(now().stages).toHaveLength(3);
  });

  test('a dragged slider is one step of Back, written once in a while', () => {
    for (const bits of [5, 6, 7, 8]) edit(setStageValue(now(), 1, 'bits', bits), 'stages.1.bits');
    expect(address.entries).toHaveLength(2);
    vi.advanceTimersByTime(500);
    expect(fromFragment(address.fragment()).experiment.stages[1]?.bits).toBe(8);
    address.go(-1);
    expect(now().stages[1]?.bits).toBe(4);
  });

  test('another control, or the same one later, is a new step', () => {
    edit(setStageValue(now(), 1, 'bits', 5), 'stages.1.bits');
    edit(setField(now(), 'seed', 7));
    edit(setStageValue(now(), 1, 'bits', 6), 'stages.1.bits');
    vi.advanceTimersByTime(5000);
    edit(setStageValue(now(), 1, 'bits', 7), 'stages.1.bits');
    flush();
    expect(address.entries.map((entry) => fromFragment(entry).experiment.stages[1]?.bits)).toEqual([4, 5, 5, 6, 7]);
    address.go(-3);
    expect([now().seed, now().stages[1]?.bits]).toEqual([42, 5]);
  });

  test('an edit that changes nothing leaves history alone', () => {
    edit(now());
    expect(address.entries).toHaveLength(1);
  });
});

describe('readAddress', () => {
  test('keeps what belongs to the interface in the address, and out of the shared link', () => {
    address.replace('v=1&d=mnist&m=lenet-300-100&train=steps:60&backend=wasm');
    readAddress();
    expect(useExperiment.getState().rest).toEqual({ backend: 'wasm' });
    edit(setField(now(), 'seed', 3));
    expect(address.fragment()).toContain('backend=wasm');
    expect(currentFragment()).toBe(address.fragment());
    expect(sharedFragment()).not.toContain('backend');
  });

  test('what is wrong in a link is reported, and the link as it came is kept through edits', () => {
    const original = 'v=1&d=mnist&m=lenet-300-100&quantize=bits:99&flavour=sweet';
    address.replace(original);
    readAddress();
    const { urlTrouble } = useExperiment.getState();
    expect(urlTrouble?.original).toBe(original);
    expect(urlTrouble?.problems).toHaveLength(2);
    expect(now().stages[0]?.bits).toBe(16);
    edit(setField(now(), 'seed', 3));
    expect(useExperiment.getState().urlTrouble?.original).toBe(original);
    dismissUrlTrouble();
    expect(useExperiment.getState().urlTrouble).toBeNull();
  });

  test('an address that says what is on the screen changes nothing', () => {
    edit(setField(now(), 'name', 'three bits'));
    const before = now();
    readAddress();
    expect(now()).toBe(before);
  });
});

test('a front to beat stays while the images are the same', () => {
  address.replace('v=1&d=mnist&m=lenet-300-100&train&quantize&front=bits:1_0.5&backend=wasm');
  readAddress();
  const { experiment } = useExperiment.getState();
  edit({ ...experiment, seed: 7 });
  expect(address.fragment()).toContain('front=');
  edit({ ...experiment, data: { ...experiment.data, dataset: 'cifar10' } });
  expect(address.fragment()).not.toContain('front');
  expect(address.fragment()).toContain('backend=wasm');
});

test('a passport goes with an edit, not with a new title, and comes back with Back', () => {
  address.replace('v=1&d=mnist&m=lenet-300-100&train&quantize&passport=x&backend=wasm');
  readAddress();
  edit(setField(now(), 'name', 'mine'));
  expect(address.fragment()).toContain('passport=x');
  edit(setStageValue(now(), 1, 'bits', 2));
  expect(address.fragment()).not.toContain('passport');
  expect(address.fragment()).toContain('backend=wasm');
  address.go(-1);
  expect(useExperiment.getState().rest.passport).toBe('x');
});

test('a view is a step of Back, in both directions; what it writes into its address is none', () => {
  goTo('sweep', '');
  expect(address.entries).toHaveLength(2);
  goTo('sweep', 'seed:1,2');
  expect(address.entries).toHaveLength(2);
  address.go(-1);
  expect(useExperiment.getState().rest).toEqual({});
  address.go(1);
  expect(useExperiment.getState().rest).toEqual({ sweep: 'seed:1,2' });
  goTo('sweep', null);
  expect(address.entries).toHaveLength(3);
  address.go(-1);
  expect(useExperiment.getState().rest).toEqual({ sweep: 'seed:1,2' });
});

describe('a dialog', () => {
  test('is closed by Back', () => {
    showDialog('runs', 'list');
    showDialog('runs', 'tree');
    expect(useExperiment.getState().rest).toEqual({ runs: 'tree' });
    expect(address.entries).toHaveLength(2);
    address.go(-1);
    readAddress();
    expect(useExperiment.getState().rest).toEqual({});
  });

  test('leaves no step when it is closed: Back undoes the edit after it, and the one before', () => {
    edit(addStage(now(), 'train'));
    showDialog('runs', 'list');
    showDialog('runs', null);
    edit(addStage(now(), 'train'));
    expect(now().stages).toHaveLength(4);
    address.go(-1);
    readAddress();
    expect(now().stages).toHaveLength(3);
    address.go(-1);
    readAddress();
    expect(now().stages).toHaveLength(2);
  });

  test('that a link opened takes no step', () => {
    address.replace('v=1&d=mnist&m=lenet-300-100&train&quantize&lab=formats');
    readAddress();
    showDialog('lab', null);
    expect(address.entries).toHaveLength(1);
    edit(addStage(now(), 'train'));
    expect(address.entries).toHaveLength(2);
  });
});
