import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { useProblemWords } from '../../components/common/ProblemNote.tsx'
import { useToast } from '../../components/common/toast-context.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useAboutQuery } from '../../services/portfolio-api.ts'
import { useArchiveAccountMutation } from '../../services/portfolio-settings-api.ts'

/** Puts accounts into the archive as of today, and takes them out again. */
export function AccountArchive({ accounts }: { accounts: readonly Schema<'Account'>[] }) {
  const { t } = useTranslation()
  if (accounts.length === 0) return null
  return (
    <section className="pf-archive">
      <h2>{t('portfolios.archiveAccounts')}</h2>
      <p className="muted pf-why">{t('portfolios.accountArchiveWhy')}</p>
      <ul>
        {accounts.map((account) => (
          <Line key={account.id} account={account} />
        ))}
      </ul>
    </section>
  )
}

function Line({ account }: { account: Schema<'Account'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { announce } = useToast()
  const words = useProblemWords()
  const today = useAboutQuery().data?.today
  const [archive, { isLoading }] = useArchiveAccountMutation()
  const { id, name, version, archivedOn } = account
  const turn = async () => {
    const { error } = await archive({ accountId: id, version, archivedOn: archivedOn === null ? (today ?? null) : null })
    if (error) announce({ message: words(error as Problem) })
  }
  return (
    <li>
      <span className="grow">
        {name}
        {archivedOn === null ? null : <small className="muted">{t('portfolios.archivedSince', { day: format.day(archivedOn) })}</small>}
      </span>
      <button
        type="button"
        className="btn"
        disabled={isLoading || !today}
        aria-label={t(archivedOn === null ? 'portfolios.archiveAccount' : 'portfolios.unarchiveAccount', { name })}
        onClick={turn}
      >
        {t(archivedOn === null ? 'portfolios.archive' : 'portfolios.unarchive')}
      </button>
    </li>
  )
}
