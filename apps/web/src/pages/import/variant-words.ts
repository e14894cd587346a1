import type { TFunction } from 'i18next'

/** Where the server's description of a file has its facts. */
const shapes = {
  table: /^(?<count>\d+) columns by (?<by>comma|semicolon|tab|bar), (?<encoding>\S+)$/,
  csv: /^CSV, (?<count>\d+) columns$/,
  ids: /^XML, file version (?<version>\S+), numeric ids$/,
  relative: /^XML, file version (?<version>\S+), relative references$/,
  json: /^JSON export, version (?<version>\S+)$/,
} as const

/** What sort of file it is, in this person's language; the server's own words where they are others. */
export function variantWords(variant: string, t: TFunction): string {
  for (const [shape, facts] of Object.entries(shapes)) {
    const found = facts.exec(variant)?.groups
    if (!found) continue
    const { count, by, ...rest } = found
    return t(`import.variant.${shape}`, {
      ...rest,
      count: Number(count ?? 0),
      by: by && t(`import.delimiter.${by}`),
      defaultValue: variant,
    })
  }
  return variant
}
