import { languages } from '@pe/i18n/catalogues.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Segments } from '../../components/common/Segments.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { decimalSignChosen, decimalSigns, firstMonthChosen, languageChosen, privacyChosen } from '../../store/preferences.ts'
import { useStoreDispatch, useStoreState } from '../../store/store.ts'
import { SettingRow } from './SettingRow.tsx'

const months = Array.from({ length: 12 }, (_, at) => at + 1)

/** Words, numbers, what an onlooker may read, and where tax years begin. */
export function FigureSettings() {
  const { t } = useTranslation()
  const format = useFormat()
  const dispatch = useStoreDispatch()
  const { language, decimalSign, privacy, firstMonth } = useStoreState((state) => state.preferences)
  const month = useId()
  const monthName = (number: number) =>
    new Intl.DateTimeFormat(format.locale, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2000, number - 1, 1)))
  return (
    <>
      <SettingRow name={<h3>{t('shell.language.label')}</h3>} why={t('settings.languageWhy')}>
        <Segments
          label={t('shell.language.label')}
          value={language}
          choices={languages.map((value) => ({ value, words: t(`shell.language.${value}`) }))}
          onChoose={(value) => dispatch(languageChosen(value))}
        />
      </SettingRow>
      <SettingRow
        name={<h3>{t('settings.decimalSign.label')}</h3>}
        why={t('settings.decimalSign.why', { example: `${format.price('1234.56')} · ${format.percent(-0.078)}` })}
      >
        <Segments
          label={t('settings.decimalSign.label')}
          value={decimalSign}
          choices={decimalSigns.map((value) => ({ value, words: t(`settings.decimalSign.${value}`) }))}
          onChoose={(value) => dispatch(decimalSignChosen(value))}
        />
      </SettingRow>
      <SettingRow name={<h3>{t('settings.amounts.label')}</h3>} why={t(`settings.amounts.${privacy}Means`)}>
        <Segments
          label={t('settings.amounts.label')}
          value={privacy}
          choices={(['shown', 'masked', 'scrambled'] as const).map((value) => ({ value, words: t(`settings.amounts.${value}`) }))}
          onChoose={(value) => dispatch(privacyChosen(value))}
        />
      </SettingRow>
      <SettingRow name={<label htmlFor={month}>{t('settings.firstMonth')}</label>} why={t('settings.firstMonthWhy')}>
        <select
          id={month}
          className="input sm"
          value={firstMonth}
          onChange={(event) => dispatch(firstMonthChosen(Number(event.target.value)))}
        >
          {months.map((number) => (
            <option key={number} value={number}>
              {monthName(number)}
            </option>
          ))}
        </select>
      </SettingRow>
    </>
  )
}
