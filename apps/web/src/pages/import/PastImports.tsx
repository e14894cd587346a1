import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useToast } from '../../components/common/toast-context.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useImportsQuery, useUndoImportMutation } from '../../services/import-api.ts'
import { variantWords } from './variant-words.ts'

const looks: Readonly<Record<Schema<'ImportState'>, string>> = {
  'needs-mapping': 'tag warn',
  previewed: 'tag info',
  committed: 'tag ok',
  undone: 'tag',
}

/** Earlier imports: each can be looked at, and a recorded one taken back as a whole. */
export function PastImports({ onShow }: { onShow: (importId: string) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: imports = [] } = useImportsQuery()
  const [undo, { isLoading, error }] = useUndoImportMutation()
  const { announce } = useToast()
  if (imports.length === 0) return null
  const takeBack = async (one: Schema<'Import'>) => {
    const { data } = await undo(one.id)
    if (data) announce({ message: t('import.undoneToast', { name: one.fileName }) })
  }
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('import.past')}</h2>
      </div>
      {error ? <ProblemNote problem={error as Problem} /> : null}
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
            <tr key={one.id}>
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
                  <button type="button" className="link" disabled={isLoading} onClick={() => takeBack(one)}>
                    {t('import.undo')}
                  </button>
                ) : one.state === 'undone' ? null : (
                  <button type="button" className="link" onClick={() => onShow(one.id)}>
                    {t('import.open')}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
