import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type ExplainRequest, useExplain } from './explain/explain-context.ts'

/** What a figure's button needs to explain it: everything but the words that it shows already. */
export type Explainable = Omit<ExplainRequest, 'shown'>

/** Every figure is a button: it opens the way that it came about. Without `explain` it is plain text. */
export function Figure({
  explain,
  shown,
  className,
  children,
}: {
  explain?: Explainable | undefined
  shown: string
  className?: string
  children: ReactNode
}) {
  const { t } = useTranslation()
  const open = useExplain()
  if (!explain) return <span className={className}>{children}</span>
  return (
    <button type="button" className={`f ${className ?? ''}`} title={t('figures.explainThis')} onClick={() => open({ ...explain, shown })}>
      {children}
    </button>
  )
}
