import { recordedKinds } from '@pe/finance/ledger/transaction.ts'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Icon } from '../../components/common/Icon.tsx'
import { Choice, Picker } from '../../components/common/Picker.tsx'
import { SearchField } from '../../components/common/SearchField.tsx'
import { useFormat } from '../../hooks/useFormat.ts'

const states = ['posted', 'draft', 'void'] as const
/** How long typing may pause before it is searched for. */
const pause = 300

/** Text, kind and state, all of them in the address. */
export function JournalFilters({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const put = (key: string, value: string | null) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(key, value)
        else next.delete(key)
        return next
      },
      { replace: true },
    )
  const [kind, state] = [params.get('kind'), params.get('state')]
  const kindWords = kind ? t(`kind.${kind}`) : t('transactions.allKinds')
  const stateWords = state ? t(`transactions.state.${state}`) : t('transactions.allStates')
  return (
    <div className="filters">
      <Find text={params.get('text') ?? ''} onFind={(text) => put('text', text)} />
      <Picker label={`${t('transactions.kind')}: ${kindWords}`} className="btn" value={kindWords}>
        {(close) => (
          <Choices
            all={t('transactions.allKinds')}
            values={recordedKinds}
            words={(value) => t(`kind.${value}`)}
            chosen={kind}
            onChoose={(value) => {
              put('kind', value)
              close()
            }}
          />
        )}
      </Picker>
      <Picker label={`${t('transactions.stateOf')}: ${stateWords}`} className="btn" value={stateWords}>
        {(close) => (
          <Choices
            all={t('transactions.allStates')}
            values={states}
            words={(value) => t(`transactions.state.${value}`)}
            chosen={state}
            onChoose={(value) => {
              put('state', value)
              close()
            }}
          />
        )}
      </Picker>
      <button
        type="button"
        className="btn"
        aria-pressed={params.get('review') === '1'}
        onClick={() => put('review', params.get('review') === '1' ? null : '1')}
      >
        {t('waiting.needsReview')}
      </button>
      <Until day={params.get('until')} onClear={() => put('until', null)} />
      <span className="end no-phone">{children}</span>
    </div>
  )
}

/** Where a statement's difference led here: only up to its day, until it is taken off. */
function Until({ day, onClear }: { day: string | null; onClear: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!day) return null
  return (
    <button type="button" className="btn" onClick={onClear} aria-label={t('transactions.untilOff')}>
      {t('transactions.until', { day: format.day(day) })}
      <Icon name="cross" small />
    </button>
  )
}

function Choices<T extends string>(props: {
  all: string
  values: readonly T[]
  words: (value: T) => string
  chosen: string | null
  onChoose: (value: T | null) => void
}) {
  return (
    <ul>
      <Choice chosen={props.chosen === null} onChoose={() => props.onChoose(null)}>
        {props.all}
      </Choice>
      {props.values.map((value) => (
        <Choice key={value} chosen={props.chosen === value} onChoose={() => props.onChoose(value)}>
          {props.words(value)}
        </Choice>
      ))}
    </ul>
  )
}

function Find({ text, onFind }: { text: string; onFind: (text: string) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(text)
  useEffect(() => {
    if (typed === text) return
    const timer = setTimeout(() => onFind(typed), pause)
    return () => clearTimeout(timer)
  }, [typed, text, onFind])
  return <SearchField className="find" label={t('transactions.find')} text={typed} onChange={setTyped} />
}
