/**
 * Milliseconds per image of the same network dense, pruned, with masked units and with removed units, on the wasm backend in Node, one
 * thread, in one process, in turns: `node <bundle> <rounds>`. Prints one JSON object. The weights are initial ones: neither time nor
 * bytes depend on the training.
 */
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { notTraining } from '../src/engine/device/step-context';
import { replacements } from '../src/engine/evaluation/evaluator';
import { installWasmGradients } from '../src/engine/kernels/wasm/gradients';
import { Network } from '../src/engine/network/network';
import { removeUnits, withoutWeights } from '../src/engine/rewrites/remove-units';
import { unitGroups } from '../src/engine/rewrites/unit-groups';
import { storageOf } from '../src/engine/stages/encode';
import { installMask } from '../src/engine/state/install';
import { emptyMemory } from '../src/engine/state/memory';
import { rewriteModel } from '../src/engine/state/rewrite-model';
import { storeModel } from '../src/engine/state/store-model';
import { buildModel, defaultModel } from '../src/experiment/methods/models/registry';
import { macCount } from '../src/experiment/operators/layers';
import { defaultExperiment, defaultStage } from '../src/experiment/program/defaults';
import { keptUnits } from '../src/numerics/pruning/kept-units';
import { magnitudeScores } from '../src/numerics/pruning/magnitude';
import { keepMasks } from '../src/numerics/pruning/mask';
import { l1Scores } from '../src/numerics/pruning/unit-scores';

const rounds = Number(process.argv[2] ?? 31);
const input = { height: 28, width: 28, channels: 1 };
/** Images in one pass, as many as the app measures at a time. */
const cases = [
  { model: 'lenet-300-100', removed: 70, images: 500 },
  { model: 'lenet-5', removed: 50, images: 100 },
];

setWasmPaths(`${process.env.WASM_FOLDER}/`);
setThreadsCount(1);
installWasmGradients();
await tf.setBackend('wasm');

interface Variant {
  readonly variant: string;
  readonly network: Network;
  readonly values: ReadonlyMap<string, tf.Tensor>;
  readonly weights: number;
  readonly bytes: number;
  readonly times: number[];
}

const rows = [];
for (const { model: id, removed, images } of cases) {
  const model = defaultModel(id);
  const experiment = { ...defaultExperiment(), model };
  const fresh = () => new Network(buildModel(model, input, 10), input, 42);
  const storage = storageOf(defaultStage('encode') as Parameters<typeof storageOf>[0]);

  const finished = async (variant: string, network: Network): Promise<Variant> => {
    const { decoded, bytes } = await storeModel(experiment, network, await network.read(), storage);
    const values = replacements(network, decoded);
    const weights = network.weights.reduce(
      (sum, { spec }) => sum + (decoded[spec.name] ?? new Float32Array()).reduce((n, w) => n + (w === 0 ? 0 : 1), 0),
      0,
    );
    return { variant, network, values, weights, bytes: bytes.length, times: [] };
  };
  const withMasks = async (masks: (values: Readonly<Record<string, Float32Array>>, names: readonly string[]) => readonly Uint8Array[]) => {
    const network = fresh();
    const names = network.weights.map(({ spec }) => spec.name);
    for (const [i, mask] of masks(await network.read(), names).entries())
      installMask(network, { place: names[i] as string, stage: 0, method: 'magnitude', settings: {}, share: 1 }, mask);
    return network;
  };

  const dense = await finished('dense', fresh());
  const smaller = fresh();
  const latent = await smaller.read();
  const groups = unitGroups(smaller);
  const { kept } = keptUnits(
    groups.map(({ kernel, units }) => l1Scores(latent[kernel] as Float32Array, units)),
    removed,
    'layer',
  );
  const named = Object.fromEntries(groups.map(({ layer }, g) => [layer, kept[g] as Uint32Array]));
  const masked = await withMasks((values, names) => {
    const without = withoutWeights({ layers: smaller.layers, input, values }, named);
    return names.map((name) => Uint8Array.from(without[name] as Float32Array, (w) => (w === 0 ? 0 : 1)));
  });
  await rewriteModel(smaller, emptyMemory(), (any) => removeUnits(any, named));
  const gone = await finished('units removed', smaller);
  // As many weights as the smaller network has, wherever they are.
  const pruned = await withMasks((values, names) => {
    const scores = names.map((name) => magnitudeScores(values[name] as Float32Array));
    const amount = 100 * (1 - gone.weights / dense.weights);
    return keepMasks(
      scores,
      scores.map(() => undefined),
      { amount, scope: 'global', share: 'left' },
    );
  });
  const variants = [dense, await finished('weights pruned', pruned), await finished('units masked', masked), gone];

  const batch = tf.randomUniform([images, input.height * input.width], -1, 1, 'float32', 42);
  for (let round = -3; round < rounds; round++) {
    for (const { network, values, times } of variants) {
      const start = performance.now();
      const logits = tf.tidy(() => network.forward(batch, { ...notTraining, replace: values }));
      await logits.data();
      if (round >= 0) times.push((performance.now() - start) / images);
      logits.dispose();
    }
  }
  for (const { variant, network, weights, bytes, times } of variants) {
    // Of the two passes of one round: what else the machine does then slows both.
    const ratios = times.map((ms, round) => ms / (dense.times[round] as number));
    rows.push({
      model: id,
      variant,
      weights,
      macs: macCount(network.layers, input),
      msPerImage: quantile(times, 0.5),
      timeRatio: quantile(ratios, 0.5),
      timeRatioLow: quantile(ratios, 0.25),
      timeRatioHigh: quantile(ratios, 0.75),
      fileBytes: bytes,
      fileRatio: bytes / dense.bytes,
      imagesPerPass: images,
      rounds,
    });
  }
}
console.log(JSON.stringify(rows));

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(q * (sorted.length - 1))] as number;
}
