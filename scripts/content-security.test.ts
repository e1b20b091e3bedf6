import { expect, test } from 'vitest';
import { policyFor } from './content-security';

test('an inline script is allowed by its hash, and no other; nothing is evaluated', () => {
  // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
  const policy = policyFor('<script>alert(1)</script><script type="module" src="./a.js"></script>');
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=';");
  expect(policy).not.toContain("'unsafe-eval'");
  expect(policyFor('<p></p>')).toContain("script-src 'self' 'wasm-unsafe-eval';");
});
