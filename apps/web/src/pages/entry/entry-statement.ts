/** A statement of the demo's kind: what the product is about, before anything of one's own can be shown. EUR. */
export const entryStatement = {
  from: '2025-12-31',
  to: '2026-11-20',
  opening: '1133554.59',
  parts: [
    ['flows', '33000.00'],
    ['realised', '-2083.38'],
    ['unrealised', '75641.93'],
    ['income', '12120.79'],
    ['fees', '-180.97'],
    ['taxes', '-3541.62'],
    ['currency', '-2303.40'],
  ],
  closing: '1246207.94',
} as const
