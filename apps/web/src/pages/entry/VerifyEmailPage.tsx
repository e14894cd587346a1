import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { useVerifyEmailMutation } from '../../services/identity-api.ts'
import { forgetLinkToken, linkToken } from '../../services/link-token.ts'
import { EntryFrame } from './EntryFrame.tsx'

const path = '/verify-email'

/** The link in the mail is enough: it is redeemed as the page opens. */
export default function VerifyEmailPage() {
  const { t } = useTranslation()
  const [token] = useState(() => linkToken(path))
  const [verify, { isSuccess, error }] = useVerifyEmailMutation({ fixedCacheKey: 'verify-email' })
  const sent = useRef(false)
  useEffect(() => {
    if (token === null || sent.current) return
    sent.current = true
    forgetLinkToken(path)
    verify(token)
  }, [token, verify])
  const title = t(isSuccess ? 'entry.verify.done' : 'entry.verify.title')
  return (
    <EntryFrame
      title={title}
      why={isSuccess ? t('entry.verify.doneWhy') : token === null ? t('entry.verify.noToken') : error ? undefined : t('entry.verify.wait')}
    >
      <IdentityProblem error={error} words={{ token_spent: t('entry.verify.spent') }} />
      {isSuccess || error || token === null ? (
        <Link className="btn pri big" to="/">
          {t('entry.verify.on')}
        </Link>
      ) : null}
    </EntryFrame>
  )
}
