import { termsOf } from '@pe/finance/actions/check-action.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Money } from '../../components/common/Money.tsx'
import { Units } from '../../components/common/Units.tsx'
import { Unknown } from '../../components/common/Unknown.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { ChoiceField, NumberInput } from '../transactions/FormFields.tsx'
import { cashRows, effectRows } from './effect-figures.ts'

/** What a person chose for one account, numbers as typed. */
export interface TypedChoice {
  readonly ticked: boolean
  readonly cashAccountId: string
  /** In percent. */
  readonly costShare: string
  readonly cashInLieu: string
}

interface EffectProps {
  readonly action: Schema<'CorporateAction'>
  readonly effect: Schema<'ActionEffect'>
  readonly choice: TypedChoice
  readonly wrong: readonly (keyof TypedChoice)[]
  readonly accounts: readonly Schema<'Account'>[]
  /** The portfolio in view does not hold this account: which ones do. */
  readonly outside: readonly string[] | null
  readonly nameOf: (instrumentId: string) => string
  readonly onChoose: (patch: Partial<TypedChoice>) => void
}

/** One account before and after, with what it may choose. */
export function Effect({ action, effect, choice, wrong, accounts, outside, nameOf, onChoose }: EffectProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { instrumentId, intoInstrumentId, kind } = action
  const named = intoInstrumentId === undefined ? [instrumentId] : [instrumentId, intoInstrumentId]
  const name = accounts.find(({ id }) => id === effect.accountId)?.name ?? ''
  const terms = termsOf[kind]
  const number = (field: 'costShare' | 'cashInLieu') => (
    <NumberInput
      label={t(`actions.choice.${field}`, { currency: action.currency })}
      value={choice[field]}
      onChange={(value) => onChoose({ [field]: value })}
      problem={wrong.includes(field) ? t('transactions.noNumber') : null}
    />
  )
  // Where nothing is paid there is nothing to send anywhere: an account is asked for only when a leg moves cash.
  const bringsCash = effect.legs.some(({ amount }) => !/^0(\.0*)?$/.test(amount))
  const paysFraction = effect.legs.some(({ id }) => id.includes('/fraction/')) || choice.cashInLieu !== ''
  return (
    <section className="effect" aria-label={name}>
      <label className="tick-box">
        <input type="checkbox" checked={choice.ticked} onChange={(event) => onChoose({ ticked: event.target.checked })} />
        <b>{name}</b>
      </label>
      {outside ? (
        <p className="tie">{outside.length > 0 ? t('actions.outside', { portfolios: format.list(outside) }) : t('actions.outsideAll')}</p>
      ) : null}
      <div className="wide">
        <table className="t">
          <thead>
            <tr>
              <th scope="col">{t('actions.what')}</th>
              <th scope="col" className="n">
                {t('actions.before')}
              </th>
              <th scope="col" className="n">
                {t('actions.after')}
              </th>
            </tr>
          </thead>
          <tbody>
            {effectRows(effect, named).map(({ instrumentId: id, units, costs }) => (
              <Lines key={id} name={nameOf(id)} units={units} costs={costs} />
            ))}
            {cashRows(effect).map(({ currency, amounts: [was, is] }) => (
              <tr key={currency}>
                <td>{t('actions.cash', { currency })}</td>
                <td className="n">
                  <Money of={was} />
                </td>
                <td className="n">
                  <Money of={is} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="pair">
        {bringsCash || choice.cashAccountId !== '' ? (
          <ChoiceField
            label={t('actions.choice.cashAccountId')}
            value={choice.cashAccountId}
            onChange={(cashAccountId) => onChoose({ cashAccountId })}
            choices={[
              { value: '', words: t('actions.choice.sameAccount') },
              ...accounts.filter(({ id }) => id !== effect.accountId).map((account) => ({ value: account.id, words: account.name })),
            ]}
          />
        ) : null}
        {terms.costShare !== 'none' ? number('costShare') : null}
        {paysFraction ? number('cashInLieu') : null}
      </div>
    </section>
  )
}

function Lines({ name, units: [had, has], costs }: { name: string } & Omit<ReturnType<typeof effectRows>[number], 'instrumentId'>) {
  const { t } = useTranslation()
  return (
    <>
      <tr>
        <td>{t('actions.units', { name })}</td>
        <td className="n">
          <Units of={had} />
        </td>
        <td className="n">
          <Units of={has} />
        </td>
      </tr>
      {costs.map(({ currency, amounts: [paid, left] }) => (
        <tr key={currency ?? ''}>
          <td>{t(currency === null ? 'actions.costUnknown' : 'actions.cost', { name, currency })}</td>
          <td className="n">{paid === null ? <Unknown /> : <Money of={paid} />}</td>
          <td className="n">{left === null ? <Unknown /> : <Money of={left} />}</td>
        </tr>
      ))}
    </>
  )
}
