import type { Problem, Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useToast } from '../../components/common/toast-context.ts'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { TextField } from '../../components/identity/TextField.tsx'
import { useChangeOrganisationMutation, useOrganisationQuery } from '../../services/organisation-api.ts'

export function OrganisationName({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useOrganisationQuery()
  return (
    <section className="sec first">
      <div className="sec-head">
        <h2>{t('organisation.title')}</h2>
      </div>
      {error && !data ? <ProblemNote problem={error as Problem} retry={refetch} /> : null}
      {data && mayChange ? <Rename key={data.version} of={data} /> : null}
      {data && !mayChange ? <p>{data.name}</p> : null}
    </section>
  )
}

function Rename({ of }: { of: Schema<'Organisation'> }) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const [change, { isLoading, error }] = useChangeOrganisationMutation()
  const [name, setName] = useState(of.name)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { data } = await change({ version: of.version, change: { name: name.trim() } })
    if (!data) return
    announce({
      message: t('organisation.renamed', { name: data.name }),
      undo: () => change({ version: data.version, change: { name: of.name } }),
    })
  }
  return (
    <form className="fields narrow" onSubmit={submit}>
      <IdentityProblem error={error} />
      <TextField label={t('organisation.name')} value={name} onChange={setName} autoComplete="organization" required maxLength={200} />
      <div className="ends start">
        <button type="submit" className="btn" disabled={isLoading || name.trim() === '' || name.trim() === of.name}>
          {t('organisation.rename')}
        </button>
      </div>
    </form>
  )
}
