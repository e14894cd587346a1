import type { Schema } from '@pe/sdk/client.ts'
import { api, ask } from './api.ts'
import { once } from './request-headers.ts'

/** The person who asks: signing in and out, what they say of themselves, and what they sign in with. */
export const identityApi = api.injectEndpoints({
  endpoints: (build) => ({
    me: build.query<Schema<'Me'>, void>({
      queryFn: (_, call) => ask(call, (client) => client.GET('/me')),
      providesTags: ['Me'],
    }),
    setUpState: build.query<Schema<'SetUpState'>, void>({
      queryFn: (_, call) => ask(call, (client) => client.GET('/set-up')),
    }),
    setUp: build.mutation<Schema<'SignedIn'>, Schema<'SetUp'>>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/set-up', { params: { header: once() }, body })),
    }),
    signIn: build.mutation<Schema<'SignedIn'>, Schema<'SignIn'>>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/sign-in', { params: { header: once() }, body })),
    }),
    giveSecondFactor: build.mutation<Schema<'SignedIn'>, string>({
      queryFn: (code, call) => ask(call, (client) => client.POST('/sign-in/second-factor', { params: { header: once() }, body: { code } })),
    }),
    stepUp: build.mutation<Schema<'SteppedUp'>, { password: string } | { code: string }>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/sign-in/step-up', { params: { header: once() }, body })),
    }),
    signOut: build.mutation<unknown, void>({
      queryFn: (_, call) => ask(call, (client) => client.POST('/sign-out', { params: { header: once() }, body: {} })),
    }),
    askPasswordReset: build.mutation<unknown, string>({
      queryFn: (email, call) => ask(call, (client) => client.POST('/password-resets', { params: { header: once() }, body: { email } })),
    }),
    resetPassword: build.mutation<unknown, { token: string; password: string }>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/password-resets/finish', { params: { header: once() }, body })),
    }),
    verifyEmail: build.mutation<unknown, string>({
      queryFn: (token, call) =>
        ask(call, (client) => client.POST('/email-verifications/finish', { params: { header: once() }, body: { token } })),
      invalidatesTags: ['Me'],
    }),
    acceptInvitation: build.mutation<Schema<'SignedIn'>, Schema<'AcceptInvitation'>>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/invitations/accept', { params: { header: once() }, body })),
    }),
    changeMe: build.mutation<Schema<'Me'>, { name?: string; timeZone?: string }>({
      queryFn: (body, call) => ask(call, (client) => client.PATCH('/me', { params: { header: once() }, body })),
      invalidatesTags: ['Me', 'Member'],
    }),
    changePassword: build.mutation<unknown, { current: string; next: string }>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/me/password', { params: { header: once() }, body })),
      invalidatesTags: ['Session'],
    }),
    sessions: build.query<Schema<'Session'>[], void>({
      queryFn: async (_, call) => {
        const list = await ask(call, (client) => client.GET('/me/sessions'))
        return 'error' in list ? list : { data: list.data.items }
      },
      providesTags: ['Session'],
    }),
    endSession: build.mutation<unknown, string>({
      queryFn: (sessionId, call) =>
        ask(call, (client) => client.POST('/me/sessions/{sessionId}/end', { params: { path: { sessionId }, header: once() }, body: {} })),
      invalidatesTags: ['Session'],
    }),
    endOtherSessions: build.mutation<Schema<'EndedSessions'>, void>({
      queryFn: (_, call) => ask(call, (client) => client.POST('/me/sessions/end-others', { params: { header: once() }, body: {} })),
      invalidatesTags: ['Session'],
    }),
    beginAuthenticator: build.mutation<Schema<'NewAuthenticator'>, void>({
      queryFn: (_, call) => ask(call, (client) => client.POST('/me/authenticator', { params: { header: once() }, body: {} })),
    }),
    confirmAuthenticator: build.mutation<Schema<'RecoveryCodes'>, string>({
      queryFn: (code, call) =>
        ask(call, (client) => client.POST('/me/authenticator/confirm', { params: { header: once() }, body: { code } })),
      invalidatesTags: ['Me', 'Member'],
    }),
    removeAuthenticator: build.mutation<Schema<'Me'>, void>({
      queryFn: (_, call) => ask(call, (client) => client.POST('/me/authenticator/remove', { params: { header: once() }, body: {} })),
      invalidatesTags: ['Me', 'Member'],
    }),
    renewRecoveryCodes: build.mutation<Schema<'RecoveryCodes'>, void>({
      queryFn: (_, call) => ask(call, (client) => client.POST('/me/recovery-codes', { params: { header: once() }, body: {} })),
      invalidatesTags: ['Me'],
    }),
  }),
})

export const {
  useMeQuery,
  useSetUpStateQuery,
  useSetUpMutation,
  useSignInMutation,
  useGiveSecondFactorMutation,
  useStepUpMutation,
  useSignOutMutation,
  useAskPasswordResetMutation,
  useResetPasswordMutation,
  useVerifyEmailMutation,
  useAcceptInvitationMutation,
  useChangeMeMutation,
  useChangePasswordMutation,
  useSessionsQuery,
  useEndSessionMutation,
  useEndOtherSessionsMutation,
  useBeginAuthenticatorMutation,
  useConfirmAuthenticatorMutation,
  useRemoveAuthenticatorMutation,
  useRenewRecoveryCodesMutation,
} = identityApi
