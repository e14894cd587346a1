import { currencies } from '@pe/finance/money/currency.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scope } from '../../../hooks/useScope.ts'
import { useView } from '../../../hooks/useView.ts'
import { useAccountsQuery } from '../../../services/portfolio-api.ts'
import { Choice, Picker } from '../Picker.tsx'
import { SearchField } from '../SearchField.tsx'

const common = ['EUR', 'USD', 'CHF', 'GBP', 'JPY']

/** The currency that figures are shown in; the base currency of the portfolio when none is chosen. */
export function CurrencyPicker({ scope, className = 'pick hide' }: { scope: Scope; className?: string }) {
  const { t } = useTranslation()
  return (
    <Picker label={`${t('shell.currency.label')}: ${scope.currency}`} value={scope.currency} className={className} width={240}>
      {(close) => <CurrencyChoices scope={scope} close={close} />}
    </Picker>
  )
}

function CurrencyChoices({ scope, close }: { scope: Scope; close: () => void }) {
  const { t, i18n } = useTranslation()
  const { change } = useView()
  const [text, setText] = useState('')
  const accounts = useAccountsQuery({ portfolioId: scope.portfolio.id }).data ?? []
  const base = scope.portfolio.baseCurrency
  const names = new Intl.DisplayNames(i18n.language, { type: 'currency', fallback: 'code' })
  const near = [...new Set([base, ...accounts.map(({ currency }) => currency), ...common])]
  const wanted = text.toLowerCase()
  const shown = wanted
    ? currencies.filter((code) => code.toLowerCase().includes(wanted) || names.of(code)?.toLowerCase().includes(wanted)).slice(0, 10)
    : near
  return (
    <>
      <SearchField label={t('shell.currency.find')} text={text} onChange={setText} />
      <ul className="spaced">
        {shown.map((code) => (
          <Choice
            key={code}
            chosen={code === scope.currency}
            hint={code === base ? t('shell.currency.base') : names.of(code)}
            onChoose={() => {
              change({ currency: code === base ? null : code })
              close()
            }}
          >
            {code}
          </Choice>
        ))}
      </ul>
    </>
  )
}
