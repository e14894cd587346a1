/** Why the program cannot start, in one sentence that a person can act on. Printed alone, without a stack; exit code 1. */
export class CannotStart extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'CannotStart'
  }
}
