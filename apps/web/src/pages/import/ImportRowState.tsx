import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'

const looks: Readonly<Record<Schema<'RowState'>, string>> = {
  ok: 'tag ok',
  duplicate: 'tag',
  ignored: 'tag',
  'needs-decision': 'tag warn',
  error: 'tag bad',
}

/** The state of a row as a tag; one that becomes a draft says so. */
export function ImportRowState({ of }: { of: Schema<'ImportRow'> }) {
  const { t } = useTranslation()
  if (of.draft && of.state === 'ok') return <span className="tag info">{t('import.rowState.draft')}</span>
  return <span className={looks[of.state]}>{t(`import.rowState.${of.state}`)}</span>
}
