import type { Schema } from '@pe/sdk/client.ts'
import { useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../components/common/Icon.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { useView } from '../../hooks/useView.ts'
import { TakeBack } from './TakeBack.tsx'
import { variantWords } from './variant-words.ts'
import { WhatItAdds } from './WhatItAdds.tsx'

/** It is in the book: where to look, and the way back. */
export function Recorded({ of, another }: { of: Schema<'Import'>; another: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [asked, setAsked] = useState(false)
  const figures = of.content === 'prices' || of.content === 'rates'
  const { search } = useView()
  // Prices and rates go into no portfolio: the one in view is looked at again.
  const to = of.portfolioId ? `?portfolio=${of.portfolioId}` : search
  return (
    <>
      <div className="imp-head">
        <div className="label soft file-line">
          <Icon name="file" />
          <b>{of.fileName}</b>
          <span className="muted">{variantWords(of, t)}</span>
        </div>
        <p className="why">{figures ? t('import.recordedPrices') : t('import.recorded', { portfolio: of.portfolio ?? '' })}</p>
        {of.counts.drafts > 0 ? (
          <p className="tie">
            <Trans
              i18nKey="import.recordedDrafts"
              count={of.counts.drafts}
              values={{ number: format.count(of.counts.drafts) }}
              components={{ b: <b /> }}
            />{' '}
            <Link to={`/transactions?portfolio=${of.portfolioId}&state=draft`}>{t('import.lookAtDrafts')}</Link>
          </p>
        ) : null}
      </div>
      {asked ? <TakeBack of={of} keep={() => setAsked(false)} /> : null}
      <section className="post">
        <WhatItAdds adds={of.adds} />
        <span className="end">
          <button type="button" className="btn" aria-expanded={asked} onClick={() => setAsked(true)}>
            <Icon name="undo" small />
            {t('import.undo')}
          </button>
          <button type="button" className="btn" onClick={another}>
            {t('import.another')}
          </button>
          <Link className="btn pri" to={`/${to}`}>
            {t('import.look')}
          </Link>
        </span>
      </section>
    </>
  )
}
