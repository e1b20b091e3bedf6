/** Registers every kernel of ours for WebGPU. */
import './webgpu-fake-quantize';
import './webgpu-softmax-cross-entropy';
import './webgpu-update';
