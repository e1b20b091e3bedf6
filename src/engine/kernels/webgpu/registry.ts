/** Registers every kernel of ours for WebGPU. */
import './batch-norm';
import './clipped-step';
import './cluster-sums';
import './random';
import './fake-quantize';
import './nearest-level';
import './nested';
import './elementwise';
import './round-to-grid';
import './softmax-cross-entropy';
import './update';
import './weighted';
