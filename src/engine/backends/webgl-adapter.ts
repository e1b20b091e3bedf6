/** The name of the device behind WebGL 2; '' where it has none, or there is no WebGL. */
export function webglAdapter(): string {
  if (typeof OffscreenCanvas === 'undefined') return '';
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  const name = gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
  // A page may hold few contexts; the backend needs one of its own.
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return name;
}

/** Why WebGL cannot be used, a sentence; '' if it can: it must be able to draw 32-bit floats. */
export function webglProblem(): string {
  const gl = typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return 'This browser has no WebGL 2.';
  const floats = gl.getExtension('EXT_color_buffer_float') !== null;
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return floats ? '' : 'It computes in half precision on this device.';
}
