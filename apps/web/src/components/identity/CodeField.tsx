import { useId } from 'react'

interface CodeFieldProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Six digits of an authenticator; else a recovery code. */
  readonly digits?: boolean
  readonly autoFocus?: boolean
}

/** A code as authenticators show it ('123 456') or as recovery codes are printed. */
export function CodeField({ label, hint, value, onChange, digits = true, autoFocus }: CodeFieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label className="label-row" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={digits ? 'input code digits' : 'input code'}
        value={value}
        autoComplete={digits ? 'one-time-code' : 'off'}
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={40}
        {...(digits ? { inputMode: 'numeric' as const, pattern: '[0-9 ]{6,7}', placeholder: '000 000' } : {})}
        {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
        // biome-ignore lint/a11y/noAutofocus: the one field of a screen or dialog that the person opened for it
        autoFocus={autoFocus}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint ? (
        <small className="muted" id={`${id}-hint`}>
          {hint}
        </small>
      ) : null}
    </div>
  )
}

/** As the server reads it: without the space in the middle. */
export function plainCode(typed: string): string {
  return typed.replace(/\s+/g, '')
}
