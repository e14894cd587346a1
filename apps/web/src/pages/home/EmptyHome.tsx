import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { DropArea } from '../../components/common/DropArea.tsx'
import { Icon } from '../../components/common/Icon.tsx'
import { withNew } from '../../components/common/shell/useCommands.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useView } from '../../hooks/useView.ts'
import { handOver } from '../../services/dropped-files.ts'

/** The first visit: why nothing is known yet, and what to do first. */
export function EmptyHome({ today, currency }: { today: string; currency: string | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <div className="headline">
        <div>
          <div className="label">{t('home.label.value', { date: format.day(today) })}</div>
          <div className="xl nothing">
            <span aria-hidden="true">—</span>
            <span className="sr">{t('figures.unknown')}</span>
            {currency ? <em>{currency}</em> : null}
          </div>
          <p className="why">{t('home.empty.why')}</p>
        </div>
      </div>
      <Drop />
      <div className="cols sec">
        <NextSteps />
        <HowWeCount />
      </div>
    </>
  )
}

function Drop() {
  const { t } = useTranslation()
  const { search } = useView()
  const navigate = useNavigate()
  const take = (files: Iterable<File>) => {
    handOver([...files])
    navigate(`/import${search}`)
  }
  return (
    <DropArea onFiles={take}>
      <svg className="ghost" viewBox="0 0 1152 180" preserveAspectRatio="none" aria-hidden="true">
        <path
          d="M0 160C120 140 160 120 260 122S420 110 520 84 660 70 780 60 930 12 1152 8"
          fill="none"
          stroke="var(--line-2)"
          strokeWidth="1.5"
          strokeDasharray="5 5"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <div className="in">
        <p>
          <b>{t('home.empty.drop')}</b>
          <br />
          <span className="muted">{t('home.empty.formats')}</span>
        </p>
        <div className="centred">
          <label className="btn pri">
            <Icon name="import" small />
            {t('home.empty.choose')}
            <input className="sr" type="file" multiple onChange={(event) => take(event.target.files ?? [])} />
          </label>
          <Link className="btn" to={`/transactions${withNew(search)}`}>
            <Icon name="plus" small />
            {t('home.empty.byHand')}
          </Link>
        </div>
        <p className="muted small">{t('home.empty.demo')}</p>
      </div>
    </DropArea>
  )
}

function NextSteps() {
  const { t } = useTranslation()
  const { search } = useView()
  return (
    <section className="c7 gapr">
      <div className="sec-head">
        <h2>{t('home.empty.next')}</h2>
      </div>
      <ol className="next">
        {[1, 2, 3, 4].map((step) => (
          <li key={step} className={step === 1 ? 'now' : ''}>
            <span className="m">{step}</span>
            <span>
              <b>{t(`home.empty.step${step}`)}</b>
              <small>{t(`home.empty.step${step}Why`)}</small>
            </span>
            {step === 1 || step === 3 ? <Link to={`/import${search}`}>{t('home.empty.start')}</Link> : null}
          </li>
        ))}
      </ol>
    </section>
  )
}

function HowWeCount() {
  const { t } = useTranslation()
  const format = useFormat()
  const rows = [
    ['baseCurrency', t('home.empty.baseCurrencyIs')],
    ['costMethod', t('home.empty.costMethodIs')],
    ['returnFirst', t('home.empty.returnFirstIs')],
    ['numbers', `${format.price('1234.56')} · ${format.percent(-0.078, { places: 1 })}`],
  ] as const
  return (
    <section className="c5 gapl">
      <div className="sec-head">
        <h2>{t('home.empty.counts')}</h2>
      </div>
      <dl className="kv">
        {rows.map(([words, is]) => (
          <Row key={words} words={t(`home.empty.${words}`)} is={is} />
        ))}
      </dl>
      <p className="tie">{t('home.empty.later')}</p>
    </section>
  )
}

function Row({ words, is }: { words: string; is: string }) {
  return (
    <>
      <dt>{words}</dt>
      <dd>{is}</dd>
    </>
  )
}
