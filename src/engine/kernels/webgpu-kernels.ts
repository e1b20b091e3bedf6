/** Registers every kernel of ours for WebGPU. */
import './webgpu-batch-norm';
import './webgpu-clipped-step';
import './webgpu-dropout';
import './webgpu-fake-quantize';
import './webgpu-nearest-level';
import './webgpu-nested';
import './webgpu-relu-gradient';
import './webgpu-round-to-grid';
import './webgpu-softmax-cross-entropy';
import './webgpu-update';
import './webgpu-weighted';
