import { backend_util, type KernelFunc, type NamedAttrMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { wasmArrays } from '../shared/arrays';

type Shape4 = [number, number, number, number];
type Attributes = {
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
};

/**
 * Gradient of a convolution with respect to its input, as a convolution: dy, padded to the full overlap, with the filter
 * turned by half a turn and its channels exchanged. For stride 1; `fallback` does the rest.
 */
export function inputGradientByConvolution(convolve: KernelFunc, fallback: KernelFunc): KernelFunc {
  return (call) => {
    const { dy, filter } = call.inputs as { dy: TensorInfo; filter: TensorInfo };
    const attrs = call.attrs as NamedAttrMap & { inputShape: Shape4 };
    const info = geometry(attrs.inputShape, filter.shape as Shape4, attrs);
    if (!isPlain(info)) return fallback(call);
    const arrays = wasmArrays(call.backend);
    const [height, width, cin, cout] = filter.shape as Shape4;
    const turned = arrays.output([height, width, cout, cin], 'float32');
    turnFilter(arrays.float32(filter), arrays.float32(turned), height * width, cin, cout);
    const { top, bottom, left, right } = info.padInfo;
    const pad = [
      [0, 0],
      [height - 1 - top, height - 1 - bottom],
      [width - 1 - left, width - 1 - right],
      [0, 0],
    ];
    const out = convolve({ inputs: { x: dy, filter: turned }, backend: call.backend, attrs: convolutionAttributes(pad) });
    arrays.dispose(turned);
    return out;
  };
}

/**
 * Gradient of a convolution with respect to its filter, as a convolution in which images and channels change places:
 * channels of x are the images, images the channels, dy is the filter.
 */
export function filterGradientByConvolution(convolve: KernelFunc, transpose: KernelFunc): KernelFunc {
  return (call) => {
    const { x, dy } = call.inputs as { x: TensorInfo; dy: TensorInfo };
    const attrs = call.attrs as NamedAttrMap & { filterShape: Shape4 };
    const info = geometry(x.shape as Shape4, attrs.filterShape, attrs);
    if (!isPlain(info)) {
      const { strideHeight, strideWidth, dilationHeight, dilationWidth, dataFormat } = info;
      throw new Error(
        `The WebAssembly backend cannot compute the filter gradient of a convolution with strides ${strideHeight} × ${strideWidth}, ` +
          `dilations ${dilationHeight} × ${dilationWidth}, ${dataFormat}; only strides and dilations of 1 with channels last.`,
      );
    }
    const { backend } = call;
    const arrays = wasmArrays(backend);
    const turn = (from: TensorInfo, perm: number[]) => transpose({ inputs: { x: from }, backend, attrs: { perm } }) as TensorInfo;
    const images = turn(x, [3, 1, 2, 0]);
    const filter = turn(dy, [1, 2, 0, 3]);
    const { top, bottom, left, right } = info.padInfo;
    const attributes = convolutionAttributes([
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    const product = convolve({ inputs: { x: images, filter }, backend, attrs: attributes }) as TensorInfo;
    const out = turn(product, [1, 2, 0, 3]);
    for (const used of [images, filter, product]) arrays.dispose(used);
    return out;
  };
}

function geometry(input: Shape4, filter: Shape4, { strides, pad, dataFormat, dimRoundingMode }: NamedAttrMap): backend_util.Conv2DInfo {
  const given = { strides, pad, dataFormat, dimRoundingMode } as unknown as Attributes;
  const format = backend_util.convertConv2DDataFormat(given.dataFormat);
  return backend_util.computeConv2DInfo(input, filter, given.strides, 1, given.pad, given.dimRoundingMode, false, format);
}

function isPlain(info: backend_util.Conv2DInfo): boolean {
  const steps = [info.strideHeight, info.strideWidth, info.dilationHeight, info.dilationWidth];
  return info.dataFormat === 'channelsLast' && steps.every((step) => step === 1);
}

function convolutionAttributes(pad: number[][]): NamedAttrMap {
  return { strides: [1, 1], dilations: [1, 1], dataFormat: 'NHWC', pad };
}

/** out[last − p, o, i] = filter[p, i, o] over the `area` positions p of the window. */
function turnFilter(filter: Float32Array, out: Float32Array, area: number, cin: number, cout: number): void {
  for (let p = 0; p < area; p++) {
    const from = p * cin * cout;
    const to = (area - 1 - p) * cin * cout;
    for (let i = 0; i < cin; i++) {
      for (let o = 0; o < cout; o++) out[to + o * cin + i] = filter[from + i * cout + o]!;
    }
  }
}
