import type { Client, Problem } from '@pe/sdk/client.ts'
import { createApi, fakeBaseQuery } from '@reduxjs/toolkit/query/react'
import type { StepUpGate } from '../store/step-up.ts'

/** What an answer rests on; a fact or a mutation makes the answers with its tags stale. */
export const tags = [
  'Portfolio',
  'Account',
  'Taxonomy',
  'Instrument',
  'Transaction',
  'Figures',
  'Import',
  'Close',
  'Assertion',
  'PeriodLock',
  'Plan',
  'Me',
  'Session',
  'Organisation',
  'Member',
  'Invitation',
  'ApiKey',
] as const
export type Tag = (typeof tags)[number]

/** Server state of the whole app. Each area adds its questions by `api.injectEndpoints` in a file of its own. */
export const api = createApi({
  reducerPath: 'api',
  baseQuery: fakeBaseQuery<Problem>(),
  tagTypes: tags,
  refetchOnReconnect: true,
  endpoints: () => ({}),
})

type Question<T> = (client: Client) => Promise<{ data?: T; error?: unknown; response: Response }>
type Answer<T> = { data: T } | { error: Problem }

/**
 * Puts a question to the server through the SDK; a refusal or a dead line comes back as problem details. A sensitive act for which the
 * server wants to know once more who asks waits for the person's word, and is then repeated.
 */
export async function ask<T>({ extra }: { extra: unknown }, question: Question<T>): Promise<Answer<T>> {
  const { client, stepUp } = extra as { client: Client; stepUp: StepUpGate }
  const answer = await answerTo(client, question)
  if (!('error' in answer) || answer.error.code !== 'step_up_needed') return answer
  return (await stepUp.ask()) ? answerTo(client, question) : answer
}

async function answerTo<T>(client: Client, question: Question<T>): Promise<Answer<T>> {
  try {
    const { data, error, response } = await question(client)
    if (data !== undefined) return { data }
    if (response.ok) return { data: null as T }
    return { error: isProblem(error) ? error : problem('internal', response.status, response.statusText) }
  } catch {
    return { error: problem('unreachable', 0, '') }
  }
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error
}

function problem(code: string, status: number, title: string): Problem {
  return { type: `urn:portfolioengine:problem:${code}`, title, status, code }
}
