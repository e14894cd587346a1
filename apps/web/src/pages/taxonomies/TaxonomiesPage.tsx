import '../../styles/transactions.css'
import '../../styles/taxonomies.css'
import type { Problem } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Skeleton } from '../../components/common/Waiting.tsx'
import { PageState } from '../../components/portfolio/PageState.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'
import { useCreateTaxonomyMutation, useTaxonomiesQuery, useTaxonomyQuery, useTaxonomyValuesQuery } from '../../services/taxonomy-api.ts'
import { Sorted } from './Sorted.tsx'

/** Trees by which the holdings in view are sorted. Which tree stands in the address. */
export default function TaxonomiesPage() {
  const { t } = useTranslation()
  return (
    <>
      <div className="page-head">
        <h1>{t('taxonomies.title')}</h1>
      </div>
      <PageState empty={() => <p className="muted">{t('taxonomies.noPortfolio')}</p>}>{(scope) => <Trees scope={scope} />}</PageState>
    </>
  )
}

function Trees({ scope }: { scope: Scope }) {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const { data: all, error, refetch } = useTaxonomiesQuery()
  const chosen = all?.find(({ id }) => id === search.get('taxonomy')) ?? all?.[0]
  const choose = (id: string) =>
    setSearch((before) => {
      const after = new URLSearchParams(before)
      after.set('taxonomy', id)
      return after
    })
  if (error) return <ProblemNote problem={error as Problem} retry={refetch} />
  if (!all) return <Skeleton chart={false} rows={8} />
  return (
    <>
      <div className="filters">
        {chosen ? (
          <label className="tax-pick">
            <span className="sr">{t('taxonomies.which')}</span>
            <select className="input sm" value={chosen.id} onChange={({ target }) => choose(target.value)}>
              {all.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <NewTaxonomy made={choose} first={all.length === 0} />
      </div>
      {chosen ? <One key={chosen.id} scope={scope} taxonomyId={chosen.id} /> : <p className="muted tax-why">{t('taxonomies.none')}</p>}
    </>
  )
}

function NewTaxonomy({ made, first }: { made: (id: string) => void; first: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(first)
  const [name, setName] = useState('')
  const [create, { error, isLoading }] = useCreateTaxonomyMutation()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { data } = await create(name.trim())
    if (!data) return
    setName('')
    setOpen(false)
    made(data.id)
  }
  if (!open)
    return (
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        {t('taxonomies.new')}
      </button>
    )
  return (
    <form className="tax-new" onSubmit={submit}>
      <input
        className="input"
        aria-label={t('taxonomies.name')}
        placeholder={t('taxonomies.namePlaceholder')}
        value={name}
        maxLength={200}
        onChange={({ target }) => setName(target.value)}
      />
      <button type="submit" className="btn pri" disabled={isLoading || name.trim() === ''}>
        {t('taxonomies.create')}
      </button>
      {error ? <ProblemNote problem={error as Problem} /> : null}
    </form>
  )
}

function One({ scope, taxonomyId }: { scope: Scope; taxonomyId: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { portfolioId, accountId, currency } = scope.question
  const tree = useTaxonomyQuery(taxonomyId)
  const values = useTaxonomyValuesQuery({ portfolioId, taxonomyId, asOf: scope.to, currency, ...(accountId ? { accountId } : {}) })
  const problem = tree.error ?? values.error
  if (problem)
    return (
      <ProblemNote
        problem={problem as Problem}
        retry={() => {
          tree.refetch()
          values.refetch()
        }}
      />
    )
  if (!tree.data || !values.data) return <Skeleton chart={false} rows={8} />
  return (
    <>
      <p className="muted tax-why">
        {t('taxonomies.about', { scope: scope.name, day: format.day(values.data.asOf), currency: values.data.currency })}
      </p>
      <Sorted taxonomy={tree.data} values={values.data} />
    </>
  )
}
