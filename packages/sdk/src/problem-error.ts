import type { Problem } from './client.ts'

/** What an operation refused, as an error: for callers who would rather throw. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** The data of an answer; throws a ProblemError when there is none. */
export function dataOf<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data !== undefined) return answer.data
  const problem = answer.error as Problem | undefined
  throw new ProblemError(
    problem?.code
      ? problem
      : { type: 'about:blank', title: answer.response.statusText || 'No answer', status: answer.response.status, code: 'unavailable' },
  )
}
