import { type ComponentProps, useId } from 'react'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

type InputProps = FieldProps & Omit<ComponentProps<'input'>, keyof FieldProps>

/** A labelled line of text or a day. */
export function TextField({ label, value, onChange, ...rest }: InputProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input className="input" value={value} onChange={(event) => onChange(event.target.value)} {...rest} />
    </label>
  )
}

/** A number as people write it; what is wrong with it stands beneath. */
export function NumberInput({ label, value, onChange, problem, ...rest }: InputProps & { problem: string | null }) {
  const id = useId()
  return (
    <label className="field">
      <span>{label}</span>
      <input
        className="input n"
        inputMode="decimal"
        autoComplete="off"
        value={value}
        aria-invalid={problem !== null}
        aria-describedby={problem ? id : undefined}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
      {problem ? (
        <small id={id} className="dn">
          {problem}
        </small>
      ) : null}
    </label>
  )
}

/** One of several. */
export function ChoiceField({
  label,
  value,
  onChange,
  choices,
  disabled = false,
}: FieldProps & { choices: readonly { value: string; words: string }[]; disabled?: boolean }) {
  return (
    <label className="field">
      <span>{label}</span>
      <select className="input" value={value} disabled={disabled} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.words}
          </option>
        ))}
      </select>
    </label>
  )
}
