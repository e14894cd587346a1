import type { Schema } from '@pe/sdk/client.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scope } from '../../../hooks/useScope.ts'
import { useView, type ViewChange } from '../../../hooks/useView.ts'
import { knownAtOf } from '../../../hooks/view.ts'
import { useHoldingsQuery } from '../../../services/analytics-api.ts'
import { useAccountsQuery, useInstrumentsQuery, usePortfoliosQuery } from '../../../services/portfolio-api.ts'
import { Choice, Picker } from '../Picker.tsx'
import { SearchField } from '../SearchField.tsx'

/** As many of each kind as are shown before a person searches. */
const few = 8

/** Whose figures: a portfolio, one account of it, one instrument in it. */
export function ScopePicker({ scope }: { scope: Scope }) {
  const { t } = useTranslation()
  const accounts = useAccountsQuery({ portfolioId: scope.portfolio.id }).data ?? []
  const instruments = useInstrumentsQuery({}, { skip: scope.view.instrumentId === null }).data ?? []
  const account = accounts.find(({ id }) => id === scope.view.accountId)?.name
  const instrument = instruments.find(({ id }) => id === scope.view.instrumentId)?.name
  const value = [instrument ?? account ?? scope.portfolio.name].join('')
  return (
    <Picker label={`${t('shell.scope.label')}: ${value}`} value={<span className="cut">{value}</span>} width={320}>
      {(close) => <ScopeChoices scope={scope} close={close} />}
    </Picker>
  )
}

function ScopeChoices({ scope, close }: { scope: Scope; close: () => void }) {
  const { t } = useTranslation()
  const { view, change } = useView()
  const [text, setText] = useState('')
  const all = usePortfoliosQuery().data ?? []
  // What rests in the archive is left out, unless it is what one looks at.
  const shown = all.filter(({ id, archivedOn }) => archivedOn === null || id === scope.portfolio.id)
  const groups = shown.filter(({ type }) => type === 'group')
  const accounts = useAccountsQuery({ portfolioId: scope.portfolio.id }).data ?? []
  const { portfolioId, currency } = scope.question
  const held = useHoldingsQuery({ portfolioId, asOf: scope.to, currency, ...knownAtOf(view) }).data?.holdings ?? []
  const known = useInstrumentsQuery({}).data ?? []
  // What is held stands first; typing searches all that are known.
  const instruments = text
    ? known
    : known.filter(({ id }) => id === view.instrumentId || held.some(({ instrumentId }) => instrumentId === id))
  const named = <T extends { name: string }>(things: readonly T[]) => {
    const found = things.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
    return found.slice(0, few)
  }
  const choose = (patch: ViewChange) => {
    change(patch)
    close()
  }
  return (
    <>
      <SearchField label={t('shell.scope.find')} text={text} onChange={setText} />
      <Portfolios
        title={t('shell.scope.portfolios')}
        of={named(shown.filter(({ type }) => type !== 'group'))}
        scope={scope}
        choose={choose}
      />
      <Portfolios title={t('shell.scope.groups')} of={named(groups)} scope={scope} choose={choose} />
      {accounts.length > 1 ? (
        <>
          <h3>{t('shell.scope.accounts')}</h3>
          <ul>
            {view.accountId ? <Choice onChoose={() => choose({ account: null })}>{t('shell.scope.wholePortfolio')}</Choice> : null}
            {named(accounts).map((account) => (
              <Choice
                key={account.id}
                chosen={account.id === view.accountId}
                hint={account.currency}
                onChoose={() => choose({ account: account.id, instrument: null })}
              >
                {account.name}
              </Choice>
            ))}
          </ul>
        </>
      ) : null}
      {instruments.length > 0 ? (
        <>
          <h3>{t('shell.scope.instruments')}</h3>
          <ul>
            {view.instrumentId ? <Choice onChoose={() => choose({ instrument: null })}>{t('shell.scope.allInstruments')}</Choice> : null}
            {named(instruments).map((instrument) => (
              <Choice
                key={instrument.id}
                chosen={instrument.id === view.instrumentId}
                hint={instrument.symbol ?? instrument.currency}
                onChoose={() => choose({ instrument: instrument.id })}
              >
                {instrument.name}
              </Choice>
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}

interface PortfoliosProps {
  readonly title: string
  readonly of: readonly Schema<'Portfolio'>[]
  readonly scope: Scope
  readonly choose: (patch: ViewChange) => void
}

function Portfolios({ title, of, scope, choose }: PortfoliosProps) {
  if (of.length === 0) return null
  const { accountId, instrumentId } = scope.view
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {of.map(({ id, name, baseCurrency }) => (
          <Choice
            key={id}
            chosen={id === scope.portfolio.id && !accountId && !instrumentId}
            hint={baseCurrency}
            onChoose={() => choose({ portfolio: id, account: null, instrument: null })}
          >
            {name}
          </Choice>
        ))}
      </ul>
    </>
  )
}
