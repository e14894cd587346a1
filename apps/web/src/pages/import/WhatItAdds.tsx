import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../hooks/useFormat.ts'

const kinds = ['accounts', 'instruments', 'transactions', 'closes', 'rates', 'taxonomies'] as const

/** How many of each thing an import adds. */
export function WhatItAdds({ adds }: { adds: Schema<'Import'>['adds'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <dl className="kv2">
      {kinds.map((kind) => (
        <div key={kind}>
          <dt>{t(`import.adds.${kind}`)}</dt>
          <dd className={adds[kind] === 0 ? 'muted' : ''}>{format.count(adds[kind])}</dd>
        </div>
      ))}
    </dl>
  )
}
