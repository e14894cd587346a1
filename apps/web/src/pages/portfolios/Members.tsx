import { useTranslation } from 'react-i18next'

interface MembersProps {
  readonly title: string
  readonly choices: readonly { readonly id: string; readonly name: string; readonly archivedOn: string | null }[]
  readonly chosen: readonly string[]
  readonly choose: (ids: readonly string[]) => void
}

/** Which accounts, or portfolios, are shown; new ones come last. */
export function Members({ title, choices, chosen, choose }: MembersProps) {
  const { t } = useTranslation()
  return (
    <fieldset className="pf-members">
      <legend>{title}</legend>
      {choices.length === 0 ? <p className="muted">{t('portfolios.noAccounts')}</p> : null}
      {choices.map(({ id, name, archivedOn }) => (
        <label className="tick-box" key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ target }) => choose(target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))}
          />
          <span>{name}</span>
          {archivedOn === null ? null : <small className="muted">{t('portfolios.isArchived')}</small>}
        </label>
      ))}
    </fieldset>
  )
}
