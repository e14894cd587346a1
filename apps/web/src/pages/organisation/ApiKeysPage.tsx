import type { Schema } from '@pe/sdk/client.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../components/common/toast-context.ts'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { ListState } from '../../components/identity/ListState.tsx'
import { OfMe } from '../../components/identity/OfMe.tsx'
import { PlainTable } from '../../components/identity/PlainTable.tsx'
import { useApiKeysQuery, useRevokeApiKeyMutation } from '../../services/organisation-api.ts'
import { useKeyColumns } from './KeyColumns.tsx'
import { NewApiKey } from './NewApiKey.tsx'
import { NewSecret } from './NewSecret.tsx'

/** Keys by which programs act for the organisation. */
export default function ApiKeysPage() {
  return <OfMe needs="keys.write">{(me) => <ApiKeys me={me} />}</OfMe>
}

function ApiKeys({ me }: { me: Schema<'Me'> }) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<Schema<'ApiKeyWithSecret'> | null>(null)
  const keys = useApiKeysQuery()
  const [revoke, revoking] = useRevokeApiKeyMutation()
  const columns = useKeyColumns(async ({ id, name }) => {
    const { data } = await revoke(id)
    if (data) announce({ message: t('organisation.keys.revoked', { name }) })
  }, revoking.isLoading)
  return (
    <section className="sec first">
      <div className="sec-head">
        <h2>{t('organisation.keys.title')}</h2>
        <p>{t('organisation.keys.why')}</p>
        {open || made ? null : (
          <button type="button" className="btn pri end" onClick={() => setOpen(true)}>
            {t('organisation.keys.new')}
          </button>
        )}
      </div>
      {open ? (
        <NewApiKey
          permissions={me.permissions}
          made={(key) => {
            setOpen(false)
            setMade(key)
          }}
          close={() => setOpen(false)}
        />
      ) : null}
      {made ? <NewSecret of={made} done={() => setMade(null)} /> : null}
      <IdentityProblem error={revoking.error} />
      <ListState of={keys} empty={t('organisation.keys.none')}>
        {(rows) => (
          <PlainTable
            label={t('organisation.keys.title')}
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            sortedBy={{ id: 'name', desc: false }}
          />
        )}
      </ListState>
    </section>
  )
}
