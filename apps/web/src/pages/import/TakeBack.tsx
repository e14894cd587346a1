import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useToast } from '../../components/common/toast-context.ts'
import { useUndoImportMutation } from '../../services/import-api.ts'
import { usePortfoliosQuery } from '../../services/portfolio-api.ts'

/** An import that is taken back cannot be put back but by its file: so it is asked first, and said afterwards what went along. */
export function TakeBack({ of, keep }: { of: Schema<'Import'>; keep: () => void }) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const portfolios = usePortfoliosQuery()
  const [undo, { isLoading, error }] = useUndoImportMutation()
  const takeBack = async () => {
    const { data } = await undo(of.id)
    if (!data) return
    const left = (await portfolios.refetch()).data
    const gone = of.portfolioId !== null && left !== undefined && !left.some(({ id }) => id === of.portfolioId)
    announce({ message: t(gone ? 'import.undoneWithPortfolio' : 'import.undoneToast', { name: of.fileName, portfolio: of.portfolio }) })
    keep()
  }
  return (
    <div className="note calm take-back" role="status">
      <p>
        <b>{t('import.undoAsk', { name: of.fileName })}</b> {t('import.undoWhy')}
      </p>
      {error ? <ProblemNote problem={error as Problem} /> : null}
      <span className="end">
        <button type="button" className="btn" disabled={isLoading} onClick={keep}>
          {t('import.undoKeep')}
        </button>
        <button type="button" className="btn pri" disabled={isLoading} onClick={takeBack}>
          {isLoading ? t('import.undoing') : t('import.undo')}
        </button>
      </span>
    </div>
  )
}
