export interface SymbolMeaning {
  /** TeX. */
  readonly symbol: string;
  readonly meaning: string;
}

/** Symbols that mean the same in all formulas in which the pattern finds them. Letters that methods use differently are in their help. */
const SYMBOLS: readonly (SymbolMeaning & { readonly pattern: RegExp })[] = [
  { symbol: 'w', meaning: 'weight in float32', pattern: /(?<![a-zA-Z\\])w(?![a-zA-Z'])/ },
  { symbol: '\\hat w', meaning: 'weight as it is stored', pattern: /\\hat w/ },
  { symbol: 'P', meaning: 'weight in float32', pattern: /\\frac\{P\}\{s\}/ },
  { symbol: '\\hat P', meaning: 'weight as it is stored', pattern: /\\hat P/ },
  { symbol: '\\hat x', meaning: 'activation as it is rounded', pattern: /\\hat x/ },
  {
    symbol: 's',
    meaning: 'scale: the distance between two stored values',
    pattern: /\\(?:t?frac)(?:\{w\}\{s\}| ws| xs|\{P\}\{s\})|x \/ s|w\/s|s\\,\(q/,
  },
  { symbol: 'q', meaning: 'code: the integer in the file', pattern: /s\\,\(q/ },
  { symbol: 'z', meaning: 'zero-point: the code of 0', pattern: /\+ z\)|q - z/ },
  { symbol: 'b', meaning: 'bits', pattern: /2\^(?:b|\{b-1\})|quantize\}_b/ },
  { symbol: '\\lambda', meaning: 'the threshold', pattern: /r \\ge \\lambda/ },
  { symbol: '\\nabla', meaning: 'gradient of the weight', pattern: /\|\\nabla\|/ },
  { symbol: '\\frac{\\partial L}{\\partial w}', meaning: 'gradient of the loss', pattern: /\\frac\{\\partial L\}\{\\partial w\}/ },
  { symbol: ':=', meaning: 'is set to this, in place of the true gradient', pattern: /:=/ },
];

/** The symbols of a formula and what they mean, in reading order of the table. */
export function symbolsOf(tex: string): readonly SymbolMeaning[] {
  return SYMBOLS.filter(({ pattern }) => pattern.test(tex)).map(({ symbol, meaning }) => ({ symbol, meaning }));
}
