/** The fast peer: jax-js, with the whole step (forward, backward, Adam) in one `jit`. */
import {
  defaultDevice,
  getWebGPUDevice,
  init,
  type Array as JaxArray,
  jit,
  nn,
  numpy as np,
  random,
  tree,
  valueAndGrad,
} from '@jax-js/jax';
import type { Contender, Runner, TrainJob } from './contract';
import { provideGpu } from './gpu';
import { forward, type Parameters } from './jax-layers';
import { contender } from './measure';
import { floatBatch, LEARNING_RATE, layersOf, parameterSpecs, shapeOf, startValues } from './workload';

const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-7];

/** Values that a step takes and returns. A type alias and not an interface, as jax-js's trees demand. */
type State = {
  parameters: Parameters;
  means: Parameters;
  squares: Parameters;
  /** Moving statistics of batch norm. */
  statistics: Parameters;
  /** Powers of the two decays. */
  power1: JaxArray;
  power2: JaxArray;
  key: JaxArray;
};

export function jax(): Contender {
  const started = new Map<string, Promise<void>>();
  return contender(async (job) => {
    if (job.kind !== 'train' || job.bits) throw new Error('jax-js is measured on training in float32.');
    const { backend } = job;
    const start = started.get(backend) ?? open(backend);
    started.set(backend, start);
    await start;
    defaultDevice(backend);
    const { adapterInfo } = backend === 'webgpu' ? getWebGPUDevice() : {};
    return training(job, adapterInfo?.description || adapterInfo?.architecture || '');
  });
}

async function open(backend: TrainJob['backend']): Promise<void> {
  if (backend === 'webgpu') await provideGpu();
  const available = await init(backend);
  if (!available.includes(backend)) throw new Error(`jax-js could not open ${backend}.`);
}

function training({ model, batch }: TrainJob, adapter: string): Runner {
  const layers = layersOf(model);
  const { height, width, channels } = shapeOf(model);
  const data = floatBatch(model, batch);
  const images = np.array(data.images).reshape([batch, height, width, channels]).transpose([0, 3, 1, 2]);
  const x = layers[0]?.type === 'flatten' ? images.reshape([batch, height * width * channels]) : images;
  const y = nn.oneHot(np.array(data.labels), 10);

  const lossOf = (parameters: Parameters, statistics: Parameters, key: JaxArray, input: JaxArray, target: JaxArray) => {
    const moved: Parameters = {};
    const logits = forward(layers, input, parameters, { statistics, moved, key });
    return [np.sum(nn.logSoftmax(logits).mul(target)).mul(-1 / batch), moved] as [JaxArray, Parameters];
  };
  const step = jit((state: State, input: JaxArray, target: JaxArray) => {
    const { means, squares, statistics } = state;
    const keys = random.split(state.key);
    const [[loss, moved], gradients] = valueAndGrad(lossOf, { hasAux: true })(
      tree.ref(state.parameters),
      statistics,
      keys.ref.slice(0),
      input,
      target,
    ) as unknown as [[JaxArray, Parameters], Parameters];
    const power1 = state.power1.mul(BETA1);
    const power2 = state.power2.mul(BETA2);
    const next: State = {
      parameters: {},
      means: {},
      squares: {},
      statistics: moved,
      power1: power1.ref,
      power2: power2.ref,
      key: keys.slice(1),
    };
    for (const [name, value] of Object.entries(state.parameters)) {
      const gradient = gradients[name] as JaxArray;
      const mean = (means[name] as JaxArray).mul(BETA1).add(gradient.ref.mul(1 - BETA1));
      const square = (squares[name] as JaxArray).mul(BETA2).add(gradient.ref.mul(gradient).mul(1 - BETA2));
      const rate = mean.ref.div(np.subtract(1, power1.ref)).mul(LEARNING_RATE);
      const root = np.sqrt(square.ref.div(np.subtract(1, power2.ref))).add(EPSILON);
      next.parameters[name] = value.sub(rate.div(root));
      next.means[name] = mean;
      next.squares[name] = square;
    }
    power1.dispose();
    power2.dispose();
    return [next, loss] as [State, JaxArray];
  });

  let state = start(model);
  return {
    adapter,
    async issue(steps) {
      let last: JaxArray | undefined;
      for (let i = 0; i < steps; i++) {
        last?.dispose();
        [state, last] = step(state, x.ref, y.ref);
      }
      const [loss = Number.NaN] = (await last?.data()) ?? [];
      return loss;
    },
    dispose() {
      step.dispose();
      tree.dispose(state);
      x.dispose();
      y.dispose();
    },
  };
}

/** jax-js keeps images and filters channels first. */
function start(model: string): State {
  const state: State = {
    parameters: {},
    means: {},
    squares: {},
    statistics: {},
    power1: np.array([1]),
    power2: np.array([1]),
    key: random.key(1),
  };
  for (const [index, spec] of parameterSpecs(model).entries()) {
    const values = np.array(startValues(spec, index)).reshape([...spec.shape]);
    const value = spec.shape.length === 4 ? values.transpose([3, 2, 0, 1]) : values;
    if (spec.trainable) {
      state.means[spec.name] = np.zeros(value.shape);
      state.squares[spec.name] = np.zeros(value.shape);
      state.parameters[spec.name] = value;
    } else state.statistics[spec.name] = value;
  }
  return state;
}
