import { type ComponentProps, useId } from 'react'

type TextFieldProps = Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'id'> & {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A labelled line of text, with what it is for beneath. */
export function TextField({ label, hint, value, onChange, className = 'input', ...rest }: TextFieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label className="label-row" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={className}
        value={value}
        {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
      {hint ? (
        <small className="muted" id={`${id}-hint`}>
          {hint}
        </small>
      ) : null}
    </div>
  )
}
