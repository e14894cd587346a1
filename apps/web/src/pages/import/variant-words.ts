import type { Schema } from '@pe/sdk/client.ts'
import type { TFunction } from 'i18next'

/** What sort of file it is, in this person's language; the server's own words where it gives no code. */
export function variantWords({ variant, variantNote }: Pick<Schema<'Import'>, 'variant' | 'variantNote'>, t: TFunction): string {
  if (variantNote === null) return variant
  const { count, by, container, ...rest } = variantNote.facts
  const sort = t(`import.variant.${variantNote.code}`, {
    ...rest,
    count: Number(count ?? 0),
    by: by && t(`import.delimiter.${by}`, { defaultValue: by }),
    defaultValue: variant,
  })
  return container && sort !== variant ? t('import.variant.inside', { sort, container }) : sort
}
