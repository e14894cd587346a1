import { OfMe } from '../../components/identity/OfMe.tsx'
import { AllowList } from './AllowList.tsx'
import { Invitations } from './Invitations.tsx'
import { OrganisationName } from './OrganisationName.tsx'
import { People } from './People.tsx'

/** Whose book this is: name, people, invitations, and from where it may be reached. */
export default function OrganisationPage() {
  return (
    <OfMe needs="organisation.read">
      {(me) => {
        const mayInvite = me.permissions.includes('people.write')
        const mayChange = me.permissions.includes('organisation.write')
        return (
          <>
            <OrganisationName mayChange={mayChange} />
            <People me={me} mayChange={mayInvite} />
            {mayInvite ? <Invitations me={me} /> : null}
            <AllowList mayChange={mayChange} />
          </>
        )
      }}
    </OfMe>
  )
}
