import { Icon } from './Icon.tsx'

/** A check box of our look. */
export function Check({ on, label, onChange }: { on: boolean; label: string; onChange: () => void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native box cannot wear our look in a table cell
    <button type="button" role="checkbox" aria-checked={on} aria-label={label} className={on ? 'check on' : 'check'} onClick={onChange}>
      <Icon name="tick" small />
    </button>
  )
}
