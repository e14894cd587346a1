import { useTranslation } from 'react-i18next'
import { privacyStepped } from '../../../store/preferences.ts'
import { useStoreDispatch, useStoreState } from '../../../store/store.ts'
import { Icon } from '../Icon.tsx'

const icons = { shown: 'eye', masked: 'eyeOff', scrambled: 'eyeScrambled' } as const

/** Show, mask, scramble: one press each. */
export function PrivacyEye() {
  const { t } = useTranslation()
  const dispatch = useStoreDispatch()
  const privacy = useStoreState((state) => state.preferences.privacy)
  const words = t('shell.privacy.next', { now: t(`shell.privacy.${privacy}`) })
  return (
    <button
      type="button"
      className={privacy === 'shown' ? 'icon' : 'icon on'}
      aria-label={words}
      title={`${t(`shell.privacy.${privacy}`)} ( . )`}
      onClick={() => dispatch(privacyStepped())}
    >
      <Icon name={icons[privacy]} />
    </button>
  )
}
