import { OfMe } from '../../components/identity/OfMe.tsx'
import { AuthenticatorSection } from './AuthenticatorSection.tsx'
import { PasswordSection } from './PasswordSection.tsx'
import { SessionsSection } from './SessionsSection.tsx'

/** What somebody signs in with, and where they are signed in. */
export default function SecurityPage() {
  return (
    <OfMe>
      {(me) => (
        <>
          <PasswordSection me={me} />
          <AuthenticatorSection me={me} />
          <SessionsSection />
        </>
      )}
    </OfMe>
  )
}
