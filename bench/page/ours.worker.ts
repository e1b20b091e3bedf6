import { servedWasmPaths } from '../../src/engine/backends/wasm-urls';
import { ours } from '../contenders/ours';
import { type Call, serve } from '../contenders/serve';

const obey = serve(ours(servedWasmPaths(self.location.href)), (answer) => self.postMessage(answer));
self.onmessage = ({ data }: MessageEvent<Call>) => obey(data);
