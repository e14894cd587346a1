import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { unknownSign } from '../../hooks/figure-format.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { warningWords } from '../../hooks/warning-words.ts'

const Tip = lazy(() => import('./Tip.tsx'))

export interface UnknownFigure {
  readonly reason?: string | undefined
  readonly detail?: string | undefined
  readonly facts?: Readonly<Record<string, string>> | undefined
}

/** An unknown figure: a dash that says why on hover and focus. Never zero. */
export function Unknown({ reason, detail, facts }: UnknownFigure) {
  const { t } = useTranslation()
  const why = t(`figures.reason.${reason ?? 'unknown'}`, { defaultValue: t('figures.reason.unknown') })
  const format = useFormat()
  const told = detail ? warningWords({ code: reason ?? '', detail, facts }, t, format) : null
  const words = told ? `${why} (${told})` : why
  const dash = (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be reachable with the keyboard
    <span className="unk" tabIndex={0}>
      <span aria-hidden="true">{unknownSign}</span>
      <span className="sr">{`${t('figures.unknown')}: ${words}`}</span>
    </span>
  )
  return (
    <Suspense fallback={dash}>
      <Tip words={words}>{dash}</Tip>
    </Suspense>
  )
}
