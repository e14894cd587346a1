import { Icon } from './Icon.tsx'

/** A field to narrow a list by; its label stands in it until something is typed. */
export function SearchField(props: { label: string; text: string; onChange: (text: string) => void; className?: string }) {
  const { label, text, onChange, className } = props
  return (
    <label className={className ? `input sm ${className}` : 'input sm'}>
      <Icon name="search" small />
      <input type="search" aria-label={label} placeholder={label} value={text} onChange={(event) => onChange(event.target.value)} />
    </label>
  )
}
