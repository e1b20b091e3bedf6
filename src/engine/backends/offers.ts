import { inTitle } from '../../experiment/settings/wording';
import type { BackendOffer } from '../../experiment/types/events';
import { webglAdapter, webglProblem } from './webgl-adapter';
import { adapterName, findAdapter } from './webgpu-backend';

/** What can be chosen here, in order of preference. Opens nothing. */
export async function backendOffers(gpu: GPU | undefined = globalThis.navigator?.gpu): Promise<readonly BackendOffer[]> {
  const webgpu = await findAdapter(gpu).then(
    (adapter) => ({ adapter: adapterName(adapter), problem: '' }),
    (error: Error) => ({ adapter: '', problem: inTitle(error.message) }),
  );
  const problem = webglProblem();
  const wasm = typeof WebAssembly === 'undefined' ? 'This browser has no WebAssembly.' : '';
  return [
    { name: 'webgpu', ...webgpu },
    { name: 'webgl', adapter: problem === '' ? webglAdapter() : '', problem },
    { name: 'wasm', adapter: '', problem: wasm },
    { name: 'cpu', adapter: '', problem: '' },
  ];
}
