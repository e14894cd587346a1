import { costMethods } from '@pe/finance/lots/cost-method.ts'
import type { Problem } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Choice, Picker } from '../../components/common/Picker.tsx'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Segments } from '../../components/common/Segments.tsx'
import { useToast } from '../../components/common/toast-context.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'
import { type GainsQuestion, useKeepLotsMutation } from '../../services/gains-api.ts'
import { type GainsChange, yearWords } from './gains-view.ts'

interface ChoicesProps {
  readonly scope: Scope
  readonly question: GainsQuestion
  readonly years: readonly number[]
  readonly change: (patch: GainsChange) => void
}

const months = Array.from({ length: 12 }, (_, at) => at + 1)

/** Which year, counted from where, and how lots leave; what differs from the portfolio can be made its own. */
export function GainChoices({ scope, question, years, change }: ChoicesProps) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const { year, firstMonth = 1, basis, costMethod, lotScope } = question
  const monthWords = (month: number) => new Intl.DateTimeFormat(locale, { month: 'long' }).format(new Date(2024, month - 1, 15))
  const yearName = year === undefined ? t('gains.allYears') : yearWords(year, firstMonth)
  const methodName = t('gains.method.label', { method: t(`gains.method.${costMethod}`) })
  return (
    <div className="filters">
      <Picker label={t('gains.year', { year: yearName })} value={t('gains.year', { year: yearName })} className="btn">
        {(close) => (
          <ul>
            <Choice chosen={year === undefined} onChoose={() => choose({ year: 'all' }, close)}>
              {t('gains.allYears')}
            </Choice>
            {years.map((known) => (
              <Choice key={known} chosen={known === year} onChoose={() => choose({ year: String(known) }, close)}>
                {yearWords(known, firstMonth)}
              </Choice>
            ))}
          </ul>
        )}
      </Picker>
      {year === undefined ? null : (
        <Picker
          label={t('gains.firstMonth', { month: monthWords(firstMonth) })}
          value={t('gains.firstMonth', { month: monthWords(firstMonth) })}
          className="btn"
        >
          {(close) => (
            <ul>
              {months.map((month) => (
                <Choice key={month} chosen={month === firstMonth} onChoose={() => choose({ month: String(month) }, close)}>
                  {monthWords(month)}
                </Choice>
              ))}
            </ul>
          )}
        </Picker>
      )}
      <Picker label={methodName} value={methodName} className="btn">
        {(close) => (
          <ul>
            {costMethods.map((method) => (
              <Choice key={method} chosen={method === costMethod} onChoose={() => choose({ method }, close)}>
                {t(`gains.method.${method}`)}
              </Choice>
            ))}
          </ul>
        )}
      </Picker>
      <Segments
        label={t('gains.scope.label')}
        value={lotScope}
        choices={(['account', 'portfolio'] as const).map((value) => ({ value, words: t(`gains.scope.${value}`) }))}
        onChoose={(shared) => change({ shared })}
      />
      <Segments
        label={t('gains.basis.label')}
        value={basis}
        choices={(['purchase', 'period'] as const).map((value) => ({ value, words: t(`gains.basis.${value}`) }))}
        onChoose={(chosen) => change({ basis: chosen })}
      />
      <Keep scope={scope} question={question} change={change} />
    </div>
  )

  function choose(patch: GainsChange, close: () => void): void {
    change(patch)
    close()
  }
}

/** Makes the method in view the portfolio's own: every figure follows it then. */
function Keep({ scope: { portfolio }, question: { costMethod, lotScope }, change }: Pick<ChoicesProps, 'scope' | 'question' | 'change'>) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const [keep, { isLoading, error }] = useKeepLotsMutation()
  if (costMethod === portfolio.costMethod && lotScope === portfolio.lotScope) return null
  const keepIt = async () => {
    const { data } = await keep({ portfolioId: portfolio.id, version: portfolio.version, costMethod, lotScope })
    if (!data) return
    change({ method: null, shared: null })
    const before = { costMethod: portfolio.costMethod, lotScope: portfolio.lotScope }
    announce({ message: t('gains.kept'), undo: () => keep({ portfolioId: data.id, version: data.version, ...before }) })
  }
  return (
    <>
      <button type="button" className="btn pri" disabled={isLoading} onClick={keepIt}>
        {t('gains.keep')}
      </button>
      {error ? <ProblemNote problem={error as Problem} /> : null}
    </>
  )
}
