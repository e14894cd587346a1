import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../common/Icon.tsx'

/** Copies a text that is shown; says that it did. Where the browser has no clipboard the text can still be marked. */
export function CopyButton({ text, words }: { text: string; words?: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      setCopied(false)
    }
  }
  return (
    <button type="button" className="btn" onClick={copy}>
      <Icon name={copied ? 'tick' : 'copy'} small />
      <span aria-live="polite">{copied ? t('identity.copied') : (words ?? t('identity.copy'))}</span>
    </button>
  )
}
