import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** What the built page may load, and from where: itself only. The dev server needs inline scripts of its own and goes without. */
const POLICY = {
  'default-src': "'self'",
  // TensorFlow.js compiles WebAssembly; nothing is evaluated.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  // Formulas and controls position their parts by style attributes and elements.
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'font-src': "'self' data:",
  'connect-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'self'",
  'form-action': "'none'",
} as const;

/** The policy for a page: its own inline scripts are allowed by their hashes. */
export function policyFor(html: string): string {
  const inline = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text = '']) => text);
  const hashes = inline.map((text) => ` 'sha256-${createHash('sha256').update(text).digest('base64')}'`).join('');
  return Object.entries(POLICY)
    .map(([name, sources]) => `${name} ${sources}${name === 'script-src' ? hashes : ''}`)
    .join('; ');
}

/** Writes the policy into the head of the built page. */
export function contentSecurity(): Plugin {
  return {
    name: 'content-security',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) =>
        html.replace(
          '<meta charset="utf-8" />',
          (charset) => `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policyFor(html)}" />`,
        ),
    },
  };
}
