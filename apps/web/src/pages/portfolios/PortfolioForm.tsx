import { currencies } from '@pe/finance/money/currency.ts'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useToast } from '../../components/common/toast-context.ts'
import { useAboutQuery, useInstrumentsQuery } from '../../services/portfolio-api.ts'
import { useAddPortfolioMutation, useChangePortfolioMutation } from '../../services/portfolio-settings-api.ts'
import { Members } from './Members.tsx'

const types = ['taxable', 'retirement', 'company', 'watch'] as const
type PortfolioType = (typeof types)[number]

interface FormProps {
  /** Null for a new one. */
  readonly portfolio: Schema<'Portfolio'> | null
  /** A new one shall be a group. */
  readonly asGroup: boolean
  readonly portfolios: readonly Schema<'Portfolio'>[]
  readonly accounts: readonly Schema<'Account'>[]
  readonly made: (id: string) => void
}

/** What a portfolio or a group says of itself: all of it in one form, saved in the version that was seen. */
export function PortfolioForm({ portfolio, asGroup, portfolios, accounts, made }: FormProps) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const form = useId()
  const group = portfolio ? portfolio.type === 'group' : asGroup
  const instruments = useInstrumentsQuery({}).data ?? []
  const [name, setName] = useState(portfolio?.name ?? '')
  const [type, setType] = useState<PortfolioType>(portfolio && portfolio.type !== 'group' ? portfolio.type : 'taxable')
  const [baseCurrency, setCurrency] = useState(portfolio?.baseCurrency ?? portfolios[0]?.baseCurrency ?? 'EUR')
  const [inceptionDate, setInception] = useState(portfolio?.inceptionDate ?? '')
  const [benchmarkId, setBenchmark] = useState(portfolio?.benchmarkId ?? '')
  const [members, setMembers] = useState<readonly string[]>(group ? (portfolio?.portfolioIds ?? []) : (portfolio?.accountIds ?? []))
  const [add, adding] = useAddPortfolioMutation()
  const [change, changing] = useChangePortfolioMutation()
  const problem = (adding.error ?? changing.error) as Problem | undefined
  const stated = {
    name: name.trim(),
    baseCurrency,
    inceptionDate: inceptionDate === '' ? null : inceptionDate,
    benchmarkId: benchmarkId === '' ? null : benchmarkId,
    ...(group ? { portfolioIds: [...members] } : { type }),
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const accountIds = group ? [] : [...members]
    if (portfolio) {
      const all = group ? stated : { ...stated, accountIds }
      const { data } = await change({ portfolioId: portfolio.id, version: portfolio.version, change: all })
      if (data) announce({ message: t('portfolios.saved') })
      return
    }
    const { data } = await add({ ...stated, accountIds })
    if (!data) return
    announce({ message: t('portfolios.created', { name: data.name }) })
    made(data.id)
  }
  const choices = group ? portfolios.filter((each) => each.type !== 'group' && each.archivedOn === null) : accounts.filter(shown(members))
  return (
    <form
      className="fields pf-form"
      onSubmit={submit}
      aria-label={portfolio?.name ?? t(group ? 'portfolios.newGroup' : 'portfolios.newPortfolio')}
    >
      <Field id={`${form}-name`} words={t('portfolios.name')}>
        <input
          id={`${form}-name`}
          className="input"
          value={name}
          maxLength={200}
          required
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      <div className="pair">
        {group ? null : (
          <Field id={`${form}-type`} words={t('portfolios.type')}>
            <select id={`${form}-type`} className="input" value={type} onChange={({ target }) => setType(target.value as PortfolioType)}>
              {types.map((each) => (
                <option key={each} value={each}>
                  {t(`portfolios.${each}`)}
                </option>
              ))}
            </select>
          </Field>
        )}
        <Field id={`${form}-currency`} words={t('portfolios.currency')}>
          <select id={`${form}-currency`} className="input" value={baseCurrency} onChange={({ target }) => setCurrency(target.value)}>
            {currencies.map((code) => (
              <option key={code}>{code}</option>
            ))}
          </select>
        </Field>
      </div>
      <div className="pair">
        <Field id={`${form}-inception`} words={t('portfolios.inception')} hint={t('portfolios.inceptionHint')}>
          <input
            id={`${form}-inception`}
            className="input"
            type="date"
            value={inceptionDate}
            onChange={({ target }) => setInception(target.value)}
          />
        </Field>
        <Field id={`${form}-benchmark`} words={t('portfolios.benchmark')}>
          <select id={`${form}-benchmark`} className="input" value={benchmarkId} onChange={({ target }) => setBenchmark(target.value)}>
            <option value="">{t('portfolios.noBenchmark')}</option>
            {instruments.map((instrument) => (
              <option key={instrument.id} value={instrument.id}>
                {instrument.name}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Members title={t(group ? 'portfolios.portfolios' : 'portfolios.accounts')} choices={choices} chosen={members} choose={setMembers} />
      {problem ? <ProblemNote problem={problem} /> : null}
      <div className="ends">
        {portfolio ? <Archive portfolio={portfolio} /> : null}
        <button type="submit" className="btn pri" disabled={adding.isLoading || changing.isLoading || name.trim() === ''}>
          {t(portfolio ? 'portfolios.save' : 'portfolios.create')}
        </button>
      </div>
    </form>
  )
}

/** Accounts in the archive are offered only where they are chosen already. */
const shown = (members: readonly string[]) => (account: Schema<'Account'>) => account.archivedOn === null || members.includes(account.id)

interface FieldProps {
  readonly id: string
  readonly words: string
  readonly hint?: string
  readonly children: ReactNode
}

function Field({ id, words, hint, children }: FieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>
        <span>{words}</span>
      </label>
      {children}
      {hint ? <small className="muted">{hint}</small> : null}
    </div>
  )
}

function Archive({ portfolio }: { portfolio: Schema<'Portfolio'> }) {
  const { t } = useTranslation()
  const today = useAboutQuery().data?.today
  const [change, { isLoading }] = useChangePortfolioMutation()
  const archived = portfolio.archivedOn !== null
  const turn = (archivedOn: string | null) => change({ portfolioId: portfolio.id, version: portfolio.version, change: { archivedOn } })
  return (
    <button
      type="button"
      className="btn"
      disabled={isLoading || !today}
      title={t('portfolios.archiveWhy')}
      onClick={() => turn(archived ? null : (today ?? null))}
    >
      {t(archived ? 'portfolios.unarchive' : 'portfolios.archive')}
    </button>
  )
}
