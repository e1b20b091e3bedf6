/** The worker's entry: opens a backend, then obeys the page's commands. */
import { backendOffers } from '../engine/backends/offers';
import { servedWasmPaths } from '../engine/backends/wasm-urls';
import { messageOf } from './backends';
import { DataShelf } from './data-shelf';
import type { Command, Message } from './protocol';
import { Runner } from './runner';
import { Positions } from './saving/positions';
import { RunSaver } from './saving/run-saver';
import { defaultPace } from './turns';

const post = (message: Message): void => self.postMessage(message);

const shelf = new DataShelf(post);
const saver = new RunSaver(new Positions());
const runner = new Runner(post, shelf, servedWasmPaths(self.location.href), defaultPace, saver);
// It does not tick while something is computed without a pause: the page allows for that.
setInterval(() => post({ type: 'alive' }), 1000);
// One command at a time, in order; `obey` returns at once for those that only change what the loop does next.
let queue: Promise<void> = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<Command>) => {
  if (data.type === 'files') {
    // Past the queue: the person may be opening files because what is loading does not come.
    void shelf.readFiles(data.files);
    return;
  }
  if (data.type === 'cancelFiles') {
    shelf.cancelFiles();
    return;
  }
  if (data.type === 'testImages') {
    // Past the queue: an inspection has nothing to do with what runs.
    void shelf.sendTestImages(data.request, data.data, data.indices);
    return;
  }
  if (data.type === 'offerBackends') {
    // Past the queue: the person may want another backend because this one does not come to an end.
    void backendOffers().then((offers) => post({ type: 'backendOffers', offers }));
    return;
  }
  if (data.type === 'findInterrupted') {
    void saver.interrupted().then((run) => post({ type: 'interrupted', run }));
    return;
  }
  if (data.type === 'discardInterrupted') {
    void saver.discard(data.owner);
    return;
  }
  queue = queue.then(() => obey(data)).catch((error: unknown) => post({ type: 'fatal', message: messageOf(error) }));
});

type PastQueue = 'files' | 'cancelFiles' | 'testImages' | 'offerBackends' | 'findInterrupted' | 'discardInterrupted';

async function obey(command: Exclude<Command, { type: PastQueue }>): Promise<void> {
  switch (command.type) {
    case 'init':
      shelf.open(command.dataUrl);
      if (command.owner) saver.open(command.owner);
      return runner.open(command.backend);
    case 'switchBackend':
      return runner.switchBackend(command.backend);
    case 'load':
      return runner.load(command.experiment, command.beside, command.atOnce);
    case 'lend':
      return runner.lend(command.start);
    case 'resume':
      return runner.load(command.experiment, undefined, false, command.owner);
    case 'play':
      return runner.play();
    case 'pause':
      return runner.pause();
    case 'step':
      return runner.step(command.steps);
    case 'reset':
      return runner.reset();
    case 'retryData':
      return runner.retryData();
    case 'profile':
      return runner.profile(command.on);
    case 'exportModel':
      return runner.path.tellModel(command.request);
    case 'models':
      return runner.path.tellModels(command.request, command.have, shelf);
    case 'accompany':
      return runner.accompany(command.beside);
    case 'measure':
      return runner.measurer.measure(command.request, command.experiments);
    case 'cancelMeasure':
      return runner.measurer.cancel();
    case 'sweep':
      return runner.sweeper.start(command.id, command.points, command.start);
    case 'pauseSweep':
      return runner.sweeper.pause();
    case 'resumeSweep':
      return runner.sweeper.resume();
    case 'cancelSweep':
      return runner.sweeper.cancel();
  }
}
