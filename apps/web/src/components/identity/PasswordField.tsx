import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../common/Icon.tsx'
import { passwordStrength } from './password-strength.ts'

interface PasswordFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** `new-password` shows how strong it is. */
  readonly kind: 'current-password' | 'new-password'
  /** Words that make a new password no stronger: name, e-mail. */
  readonly known?: readonly string[]
  readonly autoFocus?: boolean
  readonly invalid?: boolean
  /** Beside the label: a link. */
  readonly aside?: ReactNode
}

/** A password that can be looked at. */
export function PasswordField({ label, value, onChange, kind, known = [], autoFocus, invalid = false, aside }: PasswordFieldProps) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  const id = useId()
  const hint = kind === 'new-password'
  return (
    <div className="field">
      <span className="label-row">
        <label htmlFor={id}>{label}</label>
        {aside}
      </span>
      <span className="input">
        <input
          id={id}
          type={shown ? 'text' : 'password'}
          value={value}
          autoComplete={kind}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={1000}
          required
          aria-invalid={invalid}
          {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
          // biome-ignore lint/a11y/noAutofocus: the one field of a screen or dialog that the person opened for it
          autoFocus={autoFocus}
          onChange={(event) => onChange(event.target.value)}
        />
        <button
          type="button"
          className="icon peek"
          aria-label={t(shown ? 'identity.password.hide' : 'identity.password.show')}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          <Icon name={shown ? 'eyeOff' : 'eye'} />
        </button>
      </span>
      {hint ? <Strength id={`${id}-hint`} password={value} known={known} /> : null}
    </div>
  )
}

const lengths = { empty: 0, short: 1, weak: 1, fair: 2, strong: 3 } as const

function Strength({ id, password, known }: { id: string; password: string; known: readonly string[] }) {
  const { t } = useTranslation()
  const strength = passwordStrength(password, known)
  return (
    <span className={`strength ${strength}`}>
      <span className="bars" aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <i key={bar} className={bar <= lengths[strength] ? 'on' : ''} />
        ))}
      </span>
      <small id={id} aria-live="polite">
        {t(`identity.password.${strength}`)}
      </small>
    </span>
  )
}
