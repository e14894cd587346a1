import { type CostMethod, costMethods } from '@pe/finance/lots/cost-method.ts'
import { currencies } from '@pe/finance/money/currency.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { Icon, type IconName } from '../../components/common/Icon.tsx'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { TextField } from '../../components/identity/TextField.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { useOpenAccountMutation } from '../../services/journal-api.ts'
import { useAddPortfolioMutation } from '../../services/portfolio-settings-api.ts'
import { EntryFrame } from './EntryFrame.tsx'

const ways = ['import', 'hand', 'demo'] as const
type Way = (typeof ways)[number]
const icons: Record<Way, IconName> = { import: 'import', hand: 'pencil', demo: 'performance' }

/** What the first book is counted in and how its cost is, and how its first transactions come. */
export default function WelcomePage() {
  const { t } = useTranslation()
  const [way, setWay] = useState<Way>('import')
  return (
    <EntryFrame title={t('entry.welcome.title')} why={t('entry.welcome.why')} wide>
      <fieldset className="begin">
        <legend className="sr">{t('entry.welcome.title')}</legend>
        {ways.map((one) => (
          <label key={one} className={one === way ? 'on' : ''}>
            <input type="radio" className="sr" name="way" checked={one === way} onChange={() => setWay(one)} />
            <Icon name={icons[one]} />
            <span>
              <b>{t(`entry.welcome.${one}.title`)}</b>
              <small>{t(`entry.welcome.${one}.why`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {way === 'demo' ? <Demo /> : <FirstPortfolio way={way} />}
      <p className="entry-ways">
        <Link to="/">{t('entry.welcome.later')}</Link>
      </p>
    </EntryFrame>
  )
}

/** The demo is an instance of its own: its figures never stand among one's own. */
function Demo() {
  const { t } = useTranslation()
  return (
    <div className="entry-fields">
      <p className="soft">{t('entry.welcome.demo.how')}</p>
      <p className="formula mono">{t('entry.welcome.demo.command')}</p>
    </div>
  )
}

function FirstPortfolio({ way }: { way: 'import' | 'hand' }) {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const names = new Intl.DisplayNames(format.locale, { type: 'currency', fallback: 'code' })
  const [open, opening] = useOpenAccountMutation()
  const [add, adding] = useAddPortfolioMutation()
  const [name, setName] = useState(t('import.firstPortfolio'))
  const [account, setAccount] = useState('')
  const [baseCurrency, setCurrency] = useState('EUR')
  const [costMethod, setMethod] = useState<CostMethod>('fifo')
  const byHand = way === 'hand'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const opened = byHand ? await open({ name: account.trim(), currency: baseCurrency }) : null
    if (opened && !opened.data) return
    const { data } = await add({ name: name.trim(), baseCurrency, costMethod, accountIds: opened?.data ? [opened.data.id] : [] })
    if (data) navigate(byHand ? `/transactions?portfolio=${data.id}&new=1` : `/import?portfolio=${data.id}`, { replace: true })
  }
  return (
    <form className="entry-fields" onSubmit={submit}>
      <IdentityProblem error={opening.error ?? adding.error} />
      <TextField label={t('entry.welcome.portfolio')} value={name} onChange={setName} required maxLength={200} />
      {byHand ? (
        <TextField
          label={t('entry.welcome.account')}
          hint={t('entry.welcome.accountWhy')}
          value={account}
          onChange={setAccount}
          required
          maxLength={200}
        />
      ) : null}
      <div className="pair">
        <label className="field">
          <span>{t('settings.baseCurrency')}</span>
          <select className="input" value={baseCurrency} onChange={({ target }) => setCurrency(target.value)}>
            {currencies.map((code) => (
              <option key={code} value={code}>{`${code} · ${names.of(code)}`}</option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t('settings.lots')}</span>
          <select className="input" value={costMethod} onChange={({ target }) => setMethod(target.value as CostMethod)}>
            {costMethods.map((method) => (
              <option key={method} value={method}>
                {t(`gains.method.${method}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className="tie">{t('entry.welcome.change')}</p>
      <button type="submit" className="btn pri big" disabled={opening.isLoading || adding.isLoading}>
        {t(`entry.welcome.${way}.submit`)}
      </button>
    </form>
  )
}
