import type { Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { TextField } from '../../components/identity/TextField.tsx'
import { type Permission, useCreateApiKeyMutation } from '../../services/organisation-api.ts'

const lives = ['30', '90', '365', 'never'] as const
type Life = (typeof lives)[number]
const day = 86_400_000

interface NewApiKeyProps {
  /** A key may do some of what its maker may do. */
  readonly permissions: readonly Permission[]
  readonly made: (key: Schema<'ApiKeyWithSecret'>) => void
  readonly close: () => void
}

export function NewApiKey({ permissions, made, close }: NewApiKeyProps) {
  const { t } = useTranslation()
  const [create, { isLoading, error }] = useCreateApiKeyMutation()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly Permission[]>(permissions.filter((one) => one === 'book.read' || one === 'market.read'))
  const [life, setLife] = useState<Life>('90')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const expiresAt = life === 'never' ? {} : { expiresAt: new Date(Date.now() + Number(life) * day).toISOString() }
    const { data } = await create({ name: name.trim(), scopes: [...scopes], ...expiresAt })
    if (data) made(data)
  }
  const toggle = (scope: Permission) => setScopes(scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope])
  return (
    <form className="fields narrow open-form" onSubmit={submit}>
      <IdentityProblem error={error} />
      <TextField
        label={t('organisation.keys.name')}
        hint={t('organisation.keys.nameWhy')}
        value={name}
        onChange={setName}
        autoComplete="off"
        required
        maxLength={200}
        autoFocus
      />
      <fieldset className="scopes">
        <legend>{t('organisation.keys.may')}</legend>
        {permissions.map((scope) => (
          <label key={scope} className="tick-box">
            <input type="checkbox" checked={scopes.includes(scope)} onChange={() => toggle(scope)} />
            {t(`organisation.scope.${scope.replace('.', '-')}`)}
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span>{t('organisation.keys.life')}</span>
        <select className="input" value={life} onChange={({ target }) => setLife(target.value as Life)}>
          {lives.map((one) => (
            <option key={one} value={one}>
              {t(`organisation.keys.lives.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <div className="ends start">
        <button type="submit" className="btn pri" disabled={isLoading || name.trim() === '' || scopes.length === 0}>
          {t('organisation.keys.make')}
        </button>
        <button type="button" className="btn" onClick={close}>
          {t('identity.cancel')}
        </button>
      </div>
    </form>
  )
}
