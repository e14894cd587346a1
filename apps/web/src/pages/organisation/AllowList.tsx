import type { Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/common/Icon.tsx'
import { useToast } from '../../components/common/toast-context.ts'
import { IdentityProblem } from '../../components/identity/IdentityProblem.tsx'
import { TextField } from '../../components/identity/TextField.tsx'
import { useChangeOrganisationMutation, useOrganisationQuery } from '../../services/organisation-api.ts'

/** From which addresses the organisation may be reached. */
export function AllowList({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation()
  const { data } = useOrganisationQuery()
  if (!data) return null
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('organisation.addresses')}</h2>
      </div>
      <Blocks of={data} mayChange={mayChange} />
    </section>
  )
}

function Blocks({ of, mayChange }: { of: Schema<'Organisation'>; mayChange: boolean }) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const [change, { isLoading, error }] = useChangeOrganisationMutation()
  const [block, setBlock] = useState('')
  const { allowedAddresses: blocks, version } = of
  const keep = async (next: string[]) => {
    const { data } = await change({ version, change: { allowedAddresses: next } })
    if (!data) return
    setBlock('')
    announce({
      message: t('organisation.addressesChanged'),
      undo: () => change({ version: data.version, change: { allowedAddresses: blocks } }),
    })
  }
  return (
    <>
      <p className="why-not">{t(blocks.length === 0 ? 'organisation.fromEverywhere' : 'organisation.onlyFrom')}</p>
      <IdentityProblem
        error={error}
        words={{ address_not_allowed: t('organisation.ownAddressMissing'), bad_request: t('organisation.notABlock') }}
      />
      {blocks.length > 0 ? (
        <ul className="blocks">
          {blocks.map((one) => (
            <li key={one}>
              <code>{one}</code>
              {mayChange ? (
                <button
                  type="button"
                  className="icon"
                  disabled={isLoading}
                  aria-label={t('organisation.removeAddress', { address: one })}
                  onClick={() => keep(blocks.filter((other) => other !== one))}
                >
                  <Icon name="cross" small />
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {mayChange ? (
        <form
          className="add-block"
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            keep([...blocks, block.trim()])
          }}
        >
          <TextField
            label={t('organisation.addAddress')}
            hint={t('organisation.addAddressWhy')}
            value={block}
            onChange={setBlock}
            placeholder="203.0.113.0/24"
            spellCheck={false}
            autoCapitalize="none"
            maxLength={49}
          />
          <button type="submit" className="btn" disabled={isLoading || block.trim() === '' || blocks.includes(block.trim())}>
            {t('organisation.add')}
          </button>
        </form>
      ) : null}
    </>
  )
}
