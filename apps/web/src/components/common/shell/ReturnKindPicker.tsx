import { useTranslation } from 'react-i18next'
import { useView } from '../../../hooks/useView.ts'
import { Choice, Picker } from '../Picker.tsx'

/** Which return is shown first: time-weighted or money-weighted. */
export function ReturnKindPicker() {
  const { t } = useTranslation()
  const { view, change } = useView()
  return (
    <Picker
      label={`${t('shell.returnKind.label')}: ${t(`shell.returnKind.${view.returnKind}`)}`}
      value={t(`shell.returnKind.${view.returnKind}`)}
      className="pick hide"
      width={336}
    >
      {(close) => (
        <ul className="spaced tall">
          {(['twr', 'irr'] as const).map((kind) => (
            <Choice
              key={kind}
              chosen={kind === view.returnKind}
              onChoose={() => {
                change({ return: kind === 'twr' ? null : kind })
                close()
              }}
            >
              {t(`shell.returnKind.${kind}`)}
              <small className="muted block">{t(`shell.returnKind.${kind}Means`)}</small>
            </Choice>
          ))}
        </ul>
      )}
    </Picker>
  )
}
