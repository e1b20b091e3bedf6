import { expect, test } from 'vitest';
import { isSoftwareAdapter } from './backend-names';

test.each([
  ['google swiftshader', true],
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', true],
  ['mesa llvmpipe (LLVM 15.0.6, 256 bits)', true],
  ['ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)', true],
  ['microsoft WARP', true],
  ['unnamed adapter (software)', true],
  ['nvidia hopper', false],
  ['apple metal-3', false],
  ['amd rdna-3 warped drive', false],
  ['', false],
])('%s', (adapter, software) => expect(isSoftwareAdapter(adapter)).toBe(software));
