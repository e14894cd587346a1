import { useTranslation } from 'react-i18next'
import { Icon } from '../../components/common/Icon.tsx'

const steps = ['file', 'preview', 'recorded'] as const
export type ImportStep = (typeof steps)[number]

/** Where in the import one is: what is behind has a tick. */
export function ImportSteps({ step }: { step: ImportStep }) {
  const { t } = useTranslation()
  const now = steps.indexOf(step)
  return (
    <ol className="steps">
      {steps.map((name, at) => (
        <li key={name} className={at < now ? 'done' : at === now ? 'now' : ''} aria-current={at === now ? 'step' : undefined}>
          {at < now ? <Icon name="tick" small /> : <b>{at + 1}</b>}
          {t(`import.steps.${name}`)}
        </li>
      ))}
    </ol>
  )
}
