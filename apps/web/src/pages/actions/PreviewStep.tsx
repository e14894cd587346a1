import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Skeleton, Waiting } from '../../components/common/Waiting.tsx'
import { actionWords } from '../../hooks/action-words.ts'
import { readDecimal } from '../../hooks/read-decimal.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useActionPreviewQuery, useApplyActionMutation } from '../../services/actions-api.ts'
import { useAccountsQuery, useInstrumentsQuery, usePortfoliosQuery } from '../../services/portfolio-api.ts'
import { Effect, type TypedChoice } from './Effect.tsx'

interface PreviewProps {
  readonly action: Schema<'CorporateAction'>
  /** In view: other accounts are told apart. */
  readonly portfolio: Schema<'Portfolio'>
  readonly back: () => void
  readonly applied: (application: Schema<'ActionApplication'>) => void
}

const untouched: TypedChoice = { ticked: true, cashAccountId: '', costShare: '', cashInLieu: '' }

/** What the action would do to each account that holds the instrument; every choice is previewed at once. */
export function PreviewStep({ action, portfolio, back, applied }: PreviewProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { numberLocale: locale } = format
  const [choices, setChoices] = useState<Readonly<Record<string, TypedChoice>>>({})
  const accounts = useAccountsQuery({}).data ?? []
  const instruments = useInstrumentsQuery({}).data
  const names = new Map(instruments?.map(({ id, name }) => [id, name]))
  const nameOf = (id: string) => names.get(id) ?? ''
  const portfolios = usePortfoliosQuery().data ?? []
  const outside = (accountId: string): readonly string[] | null =>
    portfolio.accountIds.includes(accountId)
      ? null
      : portfolios.flatMap(({ name, type, accountIds }) => (type !== 'group' && accountIds.includes(accountId) ? name : []))
  const [apply, { isLoading, error }] = useApplyActionMutation()
  const stated = Object.entries(choices).map(([accountId, choice]) => statedChoice(accountId, choice, locale))
  const { actionId, version } = { actionId: action.id, version: action.version }
  const holders = useActionPreviewQuery({ actionId, version, accounts: null })
  const own = useActionPreviewQuery({ actionId, version, accounts: stated }, { skip: stated.length === 0 })
  const chosen = new Map(stated.length > 0 ? own.data?.effects.map((effect) => [effect.accountId, effect]) : [])
  const effects = holders.data?.effects.map((effect) => chosen.get(effect.accountId) ?? effect) ?? []
  const choiceOf = (accountId: string): TypedChoice => choices[accountId] ?? untouched
  const ticked = effects.filter(({ accountId }) => choiceOf(accountId).ticked)
  const wrong = (choice: TypedChoice) => (['costShare', 'cashInLieu'] as const).filter((name) => unread(choice[name], locale))
  const problem = (holders.error ?? (stated.length > 0 ? own.error : undefined) ?? error) as Problem | undefined
  const ready = ticked.length > 0 && !own.error && ticked.every(({ accountId }) => wrong(choiceOf(accountId)).length === 0)
  const submit = async () => {
    const { data } = await apply({
      actionId,
      accounts: ticked.map(({ accountId }) => statedChoice(accountId, choiceOf(accountId), locale)),
    })
    if (data) applied(data)
  }
  if (holders.isLoading) return <Skeleton chart={false} rows={4} />
  return (
    <div className="fields">
      <p className="why action-what">
        <b>{actionWords(action, t, format, nameOf)}</b>
        <br />
        {nameOf(action.instrumentId)}, {t('actions.exDay', { date: format.day(action.exDate) })}
      </p>
      {effects.length === 0 && !holders.error ? <p className="note calm">{t('actions.nobodyHolds')}</p> : null}
      <Waiting on={own.isFetching}>
        {effects.map((effect) => (
          <Effect
            key={effect.accountId}
            action={action}
            effect={effect}
            choice={choiceOf(effect.accountId)}
            wrong={wrong(choiceOf(effect.accountId))}
            accounts={accounts}
            outside={outside(effect.accountId)}
            nameOf={nameOf}
            onChoose={(patch) =>
              setChoices((before) => ({ ...before, [effect.accountId]: { ...(before[effect.accountId] ?? untouched), ...patch } }))
            }
          />
        ))}
      </Waiting>
      {problem ? <ProblemNote problem={problem} /> : null}
      <div className="ends">
        <button type="button" className="btn" onClick={back}>
          {t('actions.backToTerms')}
        </button>
        <button type="button" className="btn pri" disabled={!ready || isLoading} onClick={submit}>
          {t(isLoading ? 'actions.applying' : 'actions.apply', { count: ticked.length })}
        </button>
      </div>
    </div>
  )
}

function unread(text: string, locale: string): boolean {
  return text.trim() !== '' && readDecimal(text, locale) === null
}

const hundredth = Decimal.parse('0.01')

/** A choice as it is sent; what nobody can read is left out, and the field says so. */
function statedChoice(accountId: string, { cashAccountId, costShare, cashInLieu }: TypedChoice, locale: string): Schema<'AccountChoice'> {
  const [share, paid] = [readDecimal(costShare, locale), readDecimal(cashInLieu, locale)]
  return {
    accountId,
    ...(cashAccountId === '' ? {} : { cashAccountId }),
    ...(share === null ? {} : { costShare: Decimal.parse(share).times(hundredth).toString() }),
    ...(paid === null ? {} : { cashInLieu: paid }),
  }
}
