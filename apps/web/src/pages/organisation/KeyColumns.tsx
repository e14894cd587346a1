import type { Schema } from '@pe/sdk/client.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumn } from '../../components/common/table-column.ts'
import { useMoment } from '../../components/identity/useMoment.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Permission } from '../../services/organisation-api.ts'

type ApiKey = Schema<'ApiKey'>

export function useKeyColumns(revoke: (key: ApiKey) => void, busy: boolean): TableColumn<ApiKey>[] {
  const { t } = useTranslation()
  const { day, moment } = useMoment()
  const { list } = useFormat()
  const [sure, setSure] = useState<string | null>(null)
  const words = (scope: Permission) => t(`organisation.scope.${scope.replace('.', '-')}`)
  return [
    {
      id: 'name',
      head: t('organisation.keys.key'),
      card: 'a',
      sortBy: ({ name }) => name,
      text: ({ name }) => name,
      cell: ({ name, prefix }) => (
        <span className="person">
          <b>{name}</b>
          <small className="mono">{`${prefix}…`}</small>
        </span>
      ),
    },
    {
      id: 'scopes',
      head: t('organisation.keys.mayHead'),
      card: 'c',
      className: 'wraps',
      text: ({ scopes }) => scopes.join(' '),
      cell: ({ scopes }) => list(scopes.map(words)),
    },
    {
      id: 'lastUsed',
      head: t('organisation.keys.lastUsed'),
      width: 160,
      sortBy: ({ lastUsedAt }) => lastUsedAt,
      text: ({ lastUsedAt }) => lastUsedAt ?? '',
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? <span className="muted">{t('organisation.keys.neverUsed')}</span> : moment(lastUsedAt),
    },
    {
      id: 'expires',
      head: t('organisation.goodUntil'),
      card: 'd',
      width: 120,
      sortBy: ({ expiresAt }) => expiresAt,
      text: ({ expiresAt }) => expiresAt ?? '',
      cell: ({ expiresAt }) =>
        expiresAt === null ? (
          t('organisation.keys.forever')
        ) : (
          <>
            <span className="phone-word">{`${t('organisation.goodUntil')} `}</span>
            {day(expiresAt)}
          </>
        ),
    },
    {
      id: 'acts',
      head: t('waiting.actions'),
      quietHead: true,
      card: 'b',
      width: 176,
      numeric: true,
      text: () => '',
      cell: (key) =>
        sure === key.id ? (
          <span className="row-acts end">
            <button type="button" className="btn danger" disabled={busy} onClick={() => revoke(key)}>
              {t('organisation.keys.revokeSure')}
            </button>
            <button type="button" className="btn quiet" onClick={() => setSure(null)}>
              {t('identity.cancel')}
            </button>
          </span>
        ) : (
          <button
            type="button"
            className="btn quiet"
            disabled={busy}
            aria-label={t('organisation.keys.revokeOf', { name: key.name })}
            onClick={() => setSure(key.id)}
          >
            {t('organisation.keys.revoke')}
          </button>
        ),
    },
  ]
}
