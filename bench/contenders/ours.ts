/** This project's engine, as a training stage uses it; and the floor below it, empty kernels replayed in the same way. */
import { openBackend } from '../../src/engine/backends/backend';
import type { WasmPaths } from '../../src/engine/backends/wasm-backend';
import { Capture, type Dispatch } from '../../src/engine/device/capture';
import { gpuBackend } from '../../src/engine/device/gpu-program';
import { Feeder } from '../../src/engine/images/feeder';
import { initialValues } from '../../src/engine/network/initialize';
import { Network } from '../../src/engine/network/network';
import { installParametrization } from '../../src/engine/parametrizations/parametrization';
import { quantizerFor } from '../../src/engine/parametrizations/quantizers/registry';
import { createSteps } from '../../src/engine/training/create-steps';
import { labelObjective } from '../../src/engine/training/label-objective';
import { defaultStage } from '../../src/experiment/program/defaults';
import type { BackendInfo, BackendName } from '../../src/experiment/types/events';
import type { QuantizeStage, Stage, TrainStage } from '../../src/experiment/types/experiment';
import type { Contender, EmptyJob, Runner, TrainJob } from './contract';
import { provideGpu } from './gpu';
import { contender } from './measure';
import { LEARNING_RATE, layersOf, SEED, shapeOf, syntheticDataset } from './workload';

/** As many steps to a submission as the engine's captured steps. */
const STEPS_PER_SUBMIT = 16;

export function ours(wasmPaths?: WasmPaths): Contender {
  let opened: BackendInfo | undefined;
  const open = async (only: BackendName): Promise<BackendInfo> => {
    if (opened?.name !== only) opened = await openBackend({ only, wasmPaths, gpu: only === 'webgpu' ? await provideGpu() : undefined });
    if (only === 'webgpu' && !gpuBackend()) throw new Error('The engine did not open its own backend, so its steps would not be captured.');
    return opened;
  };
  return contender(async (job) => {
    const { adapter } = await open(job.kind === 'train' ? job.backend : 'webgpu');
    return job.kind === 'train' ? training(job, adapter) : empty(job, adapter);
  });
}

function training({ model, batch, bits }: TrainJob, adapter: string): Runner {
  const network = new Network(layersOf(model), shapeOf(model), SEED);
  if (bits) {
    const values = { ...defaultStage('quantize'), method: 'ste', bits } as Stage as QuantizeStage;
    for (const { spec, parametrizations } of network.weights) {
      const { shape, fanIn, fanOut, stream: index } = spec;
      const latent = initialValues(spec, index, SEED);
      installParametrization(
        parametrizations,
        quantizerFor(
          'ste',
          'weights',
        )({ values, stage: 0, shape, role: 'weights', index, seed: SEED, fanIn, fanOut, share: 1, latent, state: {} }),
      );
    }
  }
  const stage = { ...defaultStage('train'), steps: 1_000_000, batch, optimizer: 'adam', lr: LEARNING_RATE } as TrainStage;
  const feeder = new Feeder(syntheticDataset(model), 'standard', SEED);
  const steps = createSteps({ objective: labelObjective(network, stage.loss), feeder, stage, seed: SEED, ordinal: 0, slots: {} });
  let done = 0;
  return {
    adapter,
    async issue(count) {
      const from = done;
      done += count;
      const { loss } = await steps.run(from, count);
      return loss.at(-1) ?? Number.NaN;
    },
    dispose() {
      steps.dispose();
      network.dispose();
    },
  };
}

/** Two pipelines in turn, so that each launch sets its own, and a buffer bound for writing, so that each waits for the last. */
function empty({ dispatches }: EmptyJob, adapter: string): Runner {
  const backend = gpuBackend();
  if (!backend) throw new Error('Empty kernels are measured on WebGPU only.');
  const { device } = backend;
  const buffer = device.createBuffer({ size: 16, usage: GPUBufferUsage.STORAGE });
  const kernels = [1, 2].map((width): Dispatch => {
    const code = `@group(0) @binding(0) var<storage, read_write> data: array<u32>;
      @compute @workgroup_size(${width}) fn main() { if (arrayLength(&data) == 0u) { data[0] = 0u; } }`;
    const pipeline = device.createComputePipeline({
      layout: 'auto',
      compute: { module: device.createShaderModule({ code }), entryPoint: 'main' },
    });
    const bindGroup = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries: [{ binding: 0, resource: { buffer } }] });
    return { name: 'empty', pipeline, bindGroup, workgroups: [1, 1, 1] };
  });
  const list = Array.from({ length: dispatches }, (_, i) => kernels[i % 2]).filter((kernel) => kernel !== undefined);
  const capture = new Capture(device, list, { dispose() {}, numBytesAllocated: 0 }, [buffer]);
  return {
    adapter,
    async issue(count) {
      for (let done = 0; done < count; done += STEPS_PER_SUBMIT) capture.replay(Math.min(STEPS_PER_SUBMIT, count - done));
      await device.queue.onSubmittedWorkDone();
      return 0;
    },
    dispose: () => capture.dispose(),
  };
}
