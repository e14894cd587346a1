import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { useEntering } from '../../components/identity/useEntering.ts'
import { ownPath } from '../../hooks/own-path.ts'
import { useMeQuery, useSetUpStateQuery } from '../../services/identity-api.ts'
import { useStoreState } from '../../store/store.ts'
import { EntryFrame } from './EntryFrame.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { SecondFactorForm } from './SecondFactorForm.tsx'

/** The door: password, then the code where one is wanted, then back to where the person was. */
export default function SignInPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const { enter } = useEntering()
  const standing = useStoreState((state) => state.identity.standing)
  const me = useMeQuery(undefined, { refetchOnMountOrArgChange: true, skip: standing !== 'open' })
  const setUpNeeded = useSetUpStateQuery().data?.needed === true
  const back = ownPath(search.get('to'))
  if (standing === 'open' && me.isSuccess && !me.isFetching) return <Navigate to={back} replace />
  const done: Parameters<typeof PasswordForm>[0]['onSignedIn'] = (signed) => {
    if (enter(signed)) navigate(back, { replace: true })
  }
  if (standing === 'second-factor')
    return (
      <EntryFrame title={t('entry.secondFactor.title')} why={t('entry.secondFactor.why')}>
        <SecondFactorForm onSignedIn={done} />
      </EntryFrame>
    )
  return (
    <EntryFrame title={t('entry.signIn.title')} why={location.host}>
      {setUpNeeded ? <p className="note calm">{t('entry.signIn.setUpNeeded')}</p> : null}
      <PasswordForm onSignedIn={done} ended={standing === 'out' && back !== '/'} />
    </EntryFrame>
  )
}
