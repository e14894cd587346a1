import { useTranslation } from 'react-i18next'
import { Check } from '../../components/common/Check.tsx'
import { SignsChoice, ThemeChoice } from '../../components/common/LookChoices.tsx'
import { Segments } from '../../components/common/Segments.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { densities, densityChosen, singleKeysToggled } from '../../store/preferences.ts'
import { useStoreDispatch, useStoreState } from '../../store/store.ts'
import { SettingRow } from './SettingRow.tsx'

/** Colours, the height of rows, and whether single keys work. */
export function LookSettings() {
  const { t } = useTranslation()
  const format = useFormat()
  const dispatch = useStoreDispatch()
  const { density, singleKeys } = useStoreState((state) => state.preferences)
  return (
    <>
      <SettingRow name={<h3>{t('shell.theme.label')}</h3>} why={t('settings.themeWhy')}>
        <ThemeChoice />
      </SettingRow>
      <SettingRow
        name={<h3>{t('shell.signs.label')}</h3>}
        why={
          <>
            {t('settings.signsWhy')} <span className="up num">▲ +{format.price('1.20')}</span>{' '}
            <span className="dn num">▼ −{format.price('0.80')}</span>
          </>
        }
      >
        <SignsChoice />
      </SettingRow>
      <div className="no-phone">
        <SettingRow name={<h3>{t('settings.density.label')}</h3>} why={t('settings.density.why')}>
          <Segments
            label={t('settings.density.label')}
            value={density}
            choices={densities.map((value) => ({ value, words: t(`settings.density.${value}`) }))}
            onChoose={(value) => dispatch(densityChosen(value))}
          />
        </SettingRow>
        <SettingRow name={<h3>{t('shell.shortcuts.on')}</h3>} why={t('settings.keysWhy')}>
          <Check on={singleKeys} label={t('shell.shortcuts.on')} onChange={() => dispatch(singleKeysToggled())} />
        </SettingRow>
      </div>
    </>
  )
}
