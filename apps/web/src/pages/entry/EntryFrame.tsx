import '../../styles/identity.css'
import '../../styles/entry.css'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon, Mark } from '../../components/common/Icon.tsx'
import { LanguagePicker } from '../../components/common/shell/LanguagePicker.tsx'
import { ThemeButton } from '../../components/common/shell/ThemeButton.tsx'
import { figureFormat } from '../../hooks/figure-format.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useAboutQuery } from '../../services/portfolio-api.ts'
import { entryStatement } from './entry-statement.ts'

interface EntryFrameProps {
  readonly title: string
  readonly why?: ReactNode
  /** Forms with more than a few fields begin at the top. */
  readonly wide?: boolean
  readonly children: ReactNode
}

/** What stands around every screen before the app: the form at the left, what the product is about at the right. */
export function EntryFrame({ title, why, wide = false, children }: EntryFrameProps) {
  const { t } = useTranslation()
  const { data: about } = useAboutQuery()
  useEffect(() => {
    const before = document.title
    document.title = `${title} · ${t('shell.product')}`
    return () => {
      document.title = before
    }
  }, [title, t])
  return (
    <div className="sign">
      <main className="l">
        <div className="entry-head">
          <Link className="brand" to="/sign-in" aria-label={t('shell.product')}>
            <Mark />
            {t('shell.product')}
          </Link>
          <span className="end">
            <ThemeButton />
            <LanguagePicker />
          </span>
        </div>
        <div className={wide ? 'form wide' : 'form'}>
          <h1>{title}</h1>
          {why ? <p className="soft entry-why">{why}</p> : null}
          {children}
        </div>
        <p className="muted foot">
          {t('entry.foot')}
          {about ? <span className="end">{t('shell.version', { version: about.version })}</span> : null}
        </p>
      </main>
      <About />
    </div>
  )
}

function About() {
  const { t } = useTranslation()
  const { locale, numberLocale } = useFormat()
  const format = figureFormat({ locale, numberLocale, privacy: 'shown', scrambleFactor: '1' })
  const { from, to, opening, parts, closing } = entryStatement
  return (
    <aside className="r no-phone" aria-label={t('entry.about')}>
      <div>
        <p className="lead">
          {t('entry.lead1')}
          <br />
          {t('entry.lead2')}
        </p>
        <dl className="ledger">
          <div>
            <dt>{t('entry.value', { date: format.day(from) })}</dt>
            <dd>{format.money(opening)}</dd>
          </div>
          {parts.map(([part, amount]) => (
            <div key={part}>
              <dt>{t(`entry.statement.${part}`)}</dt>
              <dd>{format.money(amount, { signed: true })}</dd>
            </div>
          ))}
          <div className="tot">
            <dt>{t('entry.value', { date: format.day(to) })}</dt>
            <dd>{format.money(closing)}</dd>
          </div>
        </dl>
        <p className="tie entry-tie">
          <Icon name="tick" small />
          {t('entry.tie')}
          <span className="demo">{t('entry.demo')}</span>
        </p>
      </div>
    </aside>
  )
}
