import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingEntries } from './complete-lock.mjs';

test('the lock file describes the packages of every system', () => {
  const lock = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8'));
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(missingEntries(lock)).toEqual([]);
});

test('an optional package that is left out is added with the platform that its name says', () => {
  const packages = {
    '': {},
    'node_modules/tool': {
      dev: true,
      license: 'MIT',
      optionalDependencies: { '@tool/linux-x64-gnu': '1.2.3', '@tool/darwin-arm64': '1.2.3', '@tool/linux-arm-musleabihf': '1.2.3' },
    },
    'node_modules/@tool/linux-x64-gnu': { version: '1.2.3' },
  };
  const common = { version: '1.2.3', dev: true, license: 'MIT', optional: true };
  expect(missingEntries({ packages })).toEqual([
    ['node_modules/@tool/darwin-arm64', { ...common, cpu: ['arm64'], os: ['darwin'] }],
    ['node_modules/@tool/linux-arm-musleabihf', { ...common, cpu: ['arm'], libc: ['musl'], os: ['linux'] }],
  ]);
});
