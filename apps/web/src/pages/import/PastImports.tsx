import type { Schema } from '@pe/sdk/client.ts'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../hooks/useFormat.ts'
import { useImportsQuery } from '../../services/import-api.ts'
import { TakeBack } from './TakeBack.tsx'
import { variantWords } from './variant-words.ts'

const looks: Readonly<Record<Schema<'ImportState'>, string>> = {
  'needs-mapping': 'tag warn',
  previewed: 'tag info',
  committed: 'tag ok',
  undone: 'tag',
}

/** Earlier imports: each can be looked at, and a recorded one taken back as a whole, once it is asked. */
export function PastImports({ onShow }: { onShow: (importId: string) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: imports = [] } = useImportsQuery()
  const [asked, setAsked] = useState<string | null>(null)
  if (imports.length === 0) return null
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('import.past')}</h2>
      </div>
      <table className="t cards" aria-label={t('import.past')}>
        <thead>
          <tr>
            <th>{t('import.column.file')}</th>
            <th>{t('import.column.state')}</th>
            <th>{t('import.column.into')}</th>
            <th>{t('import.column.when')}</th>
            <th className="n">{t('import.column.rowsOk')}</th>
            <th className="n" aria-label={t('import.column.actions')} />
          </tr>
        </thead>
        <tbody>
          {imports.map((one) => (
            <Fragment key={one.id}>
              <tr>
                <td className="a">
                  <span className="name">
                    <b>{one.fileName}</b>
                    <small className="no-phone">{variantWords(one, t)}</small>
                  </span>
                </td>
                <td className="c">
                  <span className={looks[one.state]}>{t(`import.importState.${one.state}`)}</span>
                </td>
                <td className="soft">{one.portfolio ?? ''}</td>
                <td className="d soft">{format.day(one.createdAt.slice(0, 10))}</td>
                <td className="n">{format.count(one.counts.ok)}</td>
                <td className="b n">
                  {one.state === 'committed' ? (
                    <button type="button" className="link" aria-expanded={asked === one.id} onClick={() => setAsked(one.id)}>
                      {t('import.undo')}
                    </button>
                  ) : one.state === 'undone' ? null : (
                    <button type="button" className="link" onClick={() => onShow(one.id)}>
                      {t('import.open')}
                    </button>
                  )}
                </td>
              </tr>
              {asked === one.id && one.state === 'committed' ? (
                <tr className="asks">
                  <td className="a" colSpan={6}>
                    <TakeBack of={one} keep={() => setAsked(null)} />
                  </td>
                </tr>
              ) : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  )
}
