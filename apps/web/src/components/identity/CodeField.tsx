import { TextField } from './TextField.tsx'

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
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      className={digits ? 'input code digits' : 'input code'}
      autoComplete={digits ? 'one-time-code' : 'off'}
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={40}
      {...(hint === undefined ? {} : { hint })}
      {...(digits ? { inputMode: 'numeric' as const, pattern: '[0-9 ]{6,7}', placeholder: '000 000' } : {})}
      // biome-ignore lint/a11y/noAutofocus: the one field of a screen or dialog that the person opened for it
      autoFocus={autoFocus}
    />
  )
}

/** As the server reads it: without the space in the middle. */
export function plainCode(typed: string): string {
  return typed.replace(/\s+/g, '')
}
