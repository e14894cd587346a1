import '../../styles/transactions.css'
import '../../styles/identity.css'
import Dialog from '@mui/material/Dialog'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMeQuery, useStepUpMutation } from '../../services/identity-api.ts'
import { useStepUp } from '../../store/step-up.ts'
import Themed from '../../styles/Themed.tsx'
import { Icon } from '../common/Icon.tsx'
import { CodeField, plainCode } from './CodeField.tsx'
import { IdentityProblem } from './IdentityProblem.tsx'
import { PasswordField } from './PasswordField.tsx'

/** A sensitive act waits: the password or a code once more, then it is carried out. */
export default function StepUpDialog() {
  const { t } = useTranslation()
  const { answer } = useStepUp()
  const { data: me } = useMeQuery()
  const [stepUp, { isLoading, error }] = useStepUpMutation()
  const [asked, setAsked] = useState<'code' | 'password' | null>(null)
  const [text, setText] = useState('')
  const by = asked ?? (me?.secondFactor ? 'code' : 'password')
  const close = () => answer(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { data } = await stepUp(by === 'code' ? { code: plainCode(text) } : { password: text })
    if (data) answer(true)
  }
  const other = by === 'code' ? 'password' : 'code'
  return (
    <Themed>
      <Dialog open onClose={close} slotProps={{ paper: { className: 'sheet step-up', 'aria-label': t('identity.stepUp.title') } }}>
        <header>
          <h2>{t('identity.stepUp.title')}</h2>
          <button type="button" className="icon" aria-label={t('shell.close')} onClick={close}>
            <Icon name="cross" />
          </button>
        </header>
        <form className="fields" onSubmit={submit}>
          <p className="muted">{t('identity.stepUp.why')}</p>
          <IdentityProblem error={error} words={{ wrong_credentials: t(`identity.stepUp.wrong.${by}`) }} />
          {by === 'code' ? (
            <CodeField key="code" label={t('identity.code.label')} value={text} onChange={setText} autoFocus />
          ) : (
            <PasswordField
              key="password"
              label={t('identity.password.label')}
              kind="current-password"
              value={text}
              onChange={setText}
              autoFocus
            />
          )}
          <div className="ends">
            {me?.secondFactor ? (
              <button
                type="button"
                className="btn quiet start"
                onClick={() => {
                  setText('')
                  setAsked(other)
                }}
              >
                {t(`identity.stepUp.by.${other}`)}
              </button>
            ) : null}
            <button type="button" className="btn" onClick={close}>
              {t('identity.cancel')}
            </button>
            <button type="submit" className="btn pri" disabled={isLoading || text === ''}>
              {t('identity.stepUp.confirm')}
            </button>
          </div>
        </form>
      </Dialog>
    </Themed>
  )
}
