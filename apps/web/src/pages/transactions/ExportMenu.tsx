import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/common/Icon.tsx'
import { Picker } from '../../components/common/Picker.tsx'

const formats = ['csv', 'json', 'ghostfolio', 'beancount'] as const

/** The transactions of the portfolio for other programs, or the whole book without loss. The server streams; the browser saves. */
export function ExportMenu({ portfolioId }: { portfolioId: string }) {
  const { t } = useTranslation()
  const words = (
    <>
      <Icon name="save" small />
      <span className="no-phone">{t('transactions.export.menu')}</span>
    </>
  )
  return (
    <Picker label={t('transactions.export.menu')} value={words} className="btn" width={320} iconless>
      {(close) => (
        <>
          <h3>{t('transactions.export.ofPortfolio')}</h3>
          <ul>
            {formats.map((format) => (
              <Download key={format} what={format} href={`/api/v1/portfolios/${portfolioId}/export?format=${format}`} close={close} />
            ))}
          </ul>
          <h3>{t('transactions.export.ofAll')}</h3>
          <ul>
            <Download what="book" href="/api/v1/export/book.json" close={close} />
          </ul>
        </>
      )}
    </Picker>
  )
}

function Download({ what, href, close }: { what: (typeof formats)[number] | 'book'; href: string; close: () => void }) {
  const { t } = useTranslation()
  return (
    <li>
      <a className="choice" download href={href} onClick={close}>
        <span className="grow">
          {t(`transactions.export.${what}`)}
          <br />
          <small className="muted">{t(`transactions.export.${what}Why`)}</small>
        </span>
      </a>
    </li>
  )
}
